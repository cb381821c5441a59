import "./htmx";
import { startShared } from "./shared";
import { enhance } from "./enhance";
import { relativeTimes } from "./components/relative-time";

startShared();
enhance(relativeTimes);
