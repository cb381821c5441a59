import "./htmx";
import { startShared } from "./shared";
import { enhance } from "./enhance";
import { relativeTimes } from "./components/relative-time";
import { shownWhen } from "./components/shown-when";

startShared();
enhance(relativeTimes);
enhance(shownWhen);
