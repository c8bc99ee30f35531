// A form that came back with errors begins at their summary.
document.addEventListener("DOMContentLoaded", () => document.querySelector(".form-errors")?.focus());
