// Ctrl+Enter (Cmd+Enter) in a marked field sends its form and goes on to the next marked field.
document.addEventListener("DOMContentLoaded", () => {
  for (const hint of document.querySelectorAll("[data-next-hint]")) hint.hidden = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("[data-then-next]")) return;
  event.preventDefault();
  const fields = [...document.querySelectorAll("[data-then-next]")];
  const next = fields[fields.indexOf(event.target) + 1];
  event.target.form.requestSubmit(event.target.form.querySelector("button[name=do]"));
  if (next) next.focus();
});
