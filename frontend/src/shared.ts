import { enhance } from "./enhance";
import { autosize } from "./components/autosize";
import { carriers, putBack } from "./components/carried";
import { dialogs } from "./components/dialog";
import { drafts } from "./components/draft";
import { focusErrorSummary } from "./components/error-summary";
import { guards } from "./components/submit-guard";
import { menus } from "./components/menu";
import { startSendKey } from "./components/send-key";
import { themeChoices } from "./components/theme";
import { toasts } from "./components/toast";
import { uploads } from "./components/upload";

/** What both surfaces have: forms, uploads, menus, dialogs, toasts. Without script all of it still works. */
export function startShared(): void {
  document.documentElement.dataset["scripted"] = "";
  startSendKey();
  enhance(focusErrorSummary);
  enhance(guards);
  enhance(uploads);
  enhance(drafts);
  enhance(autosize);
  enhance(menus);
  enhance(dialogs);
  enhance(toasts);
  enhance(themeChoices);
  enhance(carriers);
  putBack();
}
