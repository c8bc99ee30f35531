// Paper cannot be unfolded: what is folded is printed open, and closed again afterwards.
(() => {
  const FOLDED = "details.folded:not([open])";
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(FOLDED)];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
})();
