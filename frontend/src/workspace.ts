import "./htmx";
import { startShared } from "./shared";
import { enhance } from "./enhance";
import { loadEditors } from "./components/editor-loader";
import { liveLists } from "./components/live-list";
import { liveTickets } from "./components/live-ticket";
import { palettes } from "./components/palette";
import { relativeTimes } from "./components/relative-time";
import { rememberDisclosures } from "./components/disclosure";
import { startShortcuts } from "./components/shortcuts";

startShared();
startShortcuts();
enhance(relativeTimes);
enhance(liveLists);
enhance(liveTickets);
enhance(palettes);
enhance(rememberDisclosures);
enhance(loadEditors);
