import "htmx.org";

document.documentElement.dataset["scripted"] = "";
