/** Of the reference page, which stands alone: no build, no script, nothing fetched. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#e4e4e7, #2e2e33); --soft: light-dark(#f6f6f7, #1b1b1f);
  --dim: light-dark(#5f5f68, #a0a0aa); --accent: light-dark(#3451b2, #9eb1ff); }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 260px minmax(0, 1fr);
  background: light-dark(#fff, #121214); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 20px; border-right: 1px solid var(--line); }
nav h2 { font-size: 12px; color: var(--dim); margin: 18px 0 4px; }
nav a { display: block; padding: 1px 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
main { padding: 24px 40px 120px; max-width: 1000px; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
h1 { font-size: 24px; margin: 0 0 8px; } main h2 { margin: 48px 0 0; font-size: 19px; }
section { border-top: 1px solid var(--line); margin-top: 20px; padding-top: 16px; scroll-margin-top: 8px; }
h3 { margin: 0; font: 600 14px ui-monospace, monospace; overflow-wrap: anywhere; }
.GET { color: light-dark(#116d3b, #6cd49a); } .POST { color: light-dark(#3451b2, #9eb1ff); }
.PUT, .PATCH { color: light-dark(#8a4f00, #f0b45c); } .DELETE { color: light-dark(#b3261e, #ff9d96); }
p { margin: 6px 0; } .dim { color: var(--dim); }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; overflow: auto;
  font: 12.5px/1.55 ui-monospace, monospace; margin: 6px 0; }
pre b { font-weight: 600; } pre i { color: var(--dim); font-style: normal; }
summary { cursor: pointer; margin-top: 8px; color: var(--dim); }
table { border-collapse: collapse; width: 100%; margin: 6px 0; }
td, th { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; color: var(--dim); } code { font: 12.5px ui-monospace, monospace; }
@media (max-width: 800px) { body { display: block; } nav { display: none; } main { padding: 16px; } }
`;
