/*
 * One stylesheet, made by script: a constructed sheet is no inline style, so the strictest policy of a host lets it be.
 * Nothing of the host's styles reaches in (all: initial), and nothing of ours reaches out.
 */
export const BUTTON = `
:host { all: initial; color-scheme: light dark; --accent: light-dark(#0f5f68, #6cc5cd); --accent-contrast: light-dark(#fff, #0b1216);
  --ink: light-dark(#1b2327, #eeebe4); --soft: light-dark(#525c61, #b9b5ad); --ground: light-dark(#fff, #1b2124); --sunken: light-dark(#f4f2ee, #14191b);
  --line: light-dark(#848b8e, #7a8387); --hair: light-dark(#e2dfd9, #343c40); --bad: light-dark(#a32018, #ff9e92); --focus: light-dark(#1d3fae, #ffd479); }
:host([data-theme="light"]) { color-scheme: light; }
:host([data-theme="dark"]) { color-scheme: dark; }
*, *::before { box-sizing: border-box; }
:host { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; color: var(--ink); }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
button { font: inherit; color: inherit; cursor: pointer; }
.open { position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; min-height: 48px; padding: 0 20px; border: 1px solid var(--accent-contrast);
  border-radius: 24px; background: var(--accent); color: var(--accent-contrast); font-weight: 600; box-shadow: 0 2px 10px rgb(0 0 0 / 25%); }
.mask { position: fixed; background: #000; z-index: 2147483002; pointer-events: none; }
@media print { :host { display: none; } }
`;
export const PANEL = `
.panel:not([open]) { display: none; }
.panel { margin: 0; padding: 0; max-width: none; max-height: none; height: auto; color: inherit; position: fixed; inset: 16px 16px 16px auto; z-index: 2147483001; width: min(420px, calc(100vw - 32px)); display: flex; flex-direction: column;
  background: var(--ground); border: 1px solid var(--hair); border-radius: 12px; box-shadow: 0 8px 40px rgb(0 0 0 / 30%); overflow: hidden; }
@media (max-width: 480px) { .panel { inset: 0; width: 100%; border: 0; border-radius: 0; } }
.panel::backdrop { background: none; }
.panel.wide { width: calc(100vw - 32px); }
header { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 16px; border-bottom: 1px solid var(--hair); }
header p { margin: 0; flex: 1; font-weight: 650; }
.body { flex: 1; overflow: auto; padding: 16px; overflow-wrap: anywhere; hyphens: auto; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 12px; }
h3 { font-size: 1rem; margin: 24px 0 8px; }
p, ul, ol, dl { margin: 0 0 12px; }
ul { padding-left: 20px; }
.plain { list-style: none; padding: 0; }
.soft, small { color: var(--soft); font-size: .9rem; }
.body button, header button { min-height: 44px; padding: 6px 16px; border: 1px solid var(--line); border-radius: 8px; background: transparent; font-weight: 550; }
.body .main { background: var(--accent); color: var(--accent-contrast); border-color: var(--accent); }
.body .link, .row button.link { border: 0; padding: 6px 0; text-align: left; color: var(--accent); text-decoration: underline; }
.body .article { display: block; width: 100%; border: 0; border-radius: 0; border-bottom: 1px solid var(--hair); padding: 10px 0; text-align: left; font-weight: 400; }
.article b { color: var(--accent); text-decoration: underline; }
.article span { display: block; color: var(--soft); font-size: .9rem; }
a { color: var(--accent); }
label, legend { display: block; font-weight: 600; padding: 0; }
.field, fieldset { margin: 0 0 18px; padding: 0; border: 0; min-width: 0; }
input:not([type=checkbox], [type=radio], [type=file]), textarea, select { width: 100%; min-height: 44px; padding: 8px 10px; font: inherit; color: inherit;
  background: var(--sunken); border: 1px solid var(--line); border-radius: 8px; }
textarea { resize: vertical; }
.choice { display: flex; gap: 10px; align-items: flex-start; padding: 8px 0; font-weight: 400; min-height: 44px; }
.choice input { width: 20px; height: 20px; margin: 2px 0 0; flex: none; accent-color: var(--accent); }
.choice small { display: block; }
.error { color: var(--bad); font-weight: 600; margin: 2px 0 4px; }
.notice { border-left: 4px solid var(--accent); background: var(--sunken); padding: 10px 12px; border-radius: 4px; margin: 0 0 16px; }
.notice > :last-child { margin-bottom: 0; }
.notice.bad { border-color: var(--bad); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 0 0 16px; }
.row--apart { justify-content: space-between; margin: 0; }
.search { display: flex; gap: 8px; margin-block-start: 6px; }
.body .search button { flex: none; overflow-wrap: normal; }
dt { font-weight: 600; }
dd { margin: 0 0 10px; white-space: pre-line; }
summary { min-height: 44px; padding: 10px 0; cursor: pointer; font-weight: 600; }
pre, .scroll { overflow: auto; }
table { border-collapse: collapse; }
td, th { border: 1px solid var(--hair); padding: 4px 8px; text-align: left; }
canvas { display: block; margin: 0 0 16px; max-width: 100%; max-height: 65vh; border: 1px solid var(--line); touch-action: none; cursor: crosshair; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;

export function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
