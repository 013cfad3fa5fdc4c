/** The launcher's and the pane's own sheet, inside the shadow root: no rule of the host page reaches in, none leaks out. */
export const css = `
:host { all: initial; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.launcher {
  position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000;
  display: flex; align-items: center; gap: 10px; min-height: 48px; padding: 0 20px 0 16px;
  font: 600 15px/20px 'Segoe UI', 'Microsoft YaHei UI', 'Yu Gothic UI', Meiryo, system-ui, sans-serif;
  color: #fff; background: #0f6cbd; border: 1px solid transparent; border-radius: 24px; cursor: pointer;
  box-shadow: 0 4px 16px rgb(0 0 0 / 28%);
}
.launcher:hover { background: #115ea3; }
.launcher:focus-visible { outline: 3px solid #0f6cbd; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
.launcher svg { fill: currentcolor; flex: none; }
.badge {
  position: absolute; inset-block-start: -6px; inset-inline-end: -2px; min-width: 22px; height: 22px; padding: 0 6px;
  font-size: 12px; line-height: 22px; text-align: center; color: #fff; background: #b10e1c; border-radius: 11px;
}
.pane {
  position: fixed; inset-block-end: 84px; inset-inline-end: 20px; z-index: 2147483000;
  width: min(420px, calc(100vw - 40px)); height: min(680px, calc(100dvh - 108px));
  background: Canvas; border: 1px solid rgb(128 128 128 / 40%); border-radius: 12px; overflow: hidden;
  box-shadow: 0 16px 40px rgb(0 0 0 / 30%);
}
.close {
  position: absolute; inset-block-start: 6px; inset-inline-end: 6px; width: 36px; height: 36px; font: 22px/1 system-ui, sans-serif;
  color: CanvasText; background: Canvas; border: 1px solid transparent; border-radius: 6px; cursor: pointer;
}
.unread { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
iframe { display: block; width: 100%; height: 100%; border: 0; }
@media (max-width: 520px), (max-height: 480px) {
  .pane { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
  .launcher { min-width: 48px; padding: 0 13px; }
  .launcher .label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (forced-colors: active) { .launcher, .pane { border-color: ButtonText; } }
@media print { .launcher, .pane { display: none; } }
`;
