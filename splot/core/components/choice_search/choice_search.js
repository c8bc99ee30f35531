// A search field that narrows a list of choices as one types; without scripts its form does it.
document.addEventListener("input", (event) => {
  const list = document.getElementById(event.target.dataset.filters);
  if (!list) return;
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");
  const words = fold(event.target.value).split(/\s+/);
  let shown = 0;
  for (const choice of list.querySelectorAll(".choice")) {
    const fits = words.every((word) => fold(choice.textContent).includes(word));
    choice.hidden = !fits && !choice.querySelector(":checked");
    shown += fits;
  }
  list.querySelector("[data-nothing]").hidden = shown > 0;
});
