import "./shared";
