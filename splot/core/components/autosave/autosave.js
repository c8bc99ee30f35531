// What is being typed is never lost on the way to another page or to another form of the same page.
(() => {
  const form = () => document.querySelector("form.autosave[hx-post]");
  let typed = 0;
  let kept = 0;

  const remember = (version) => {
    for (const input of document.querySelectorAll("input[name=version]")) input.value = version;
  };
  const keep = async () => {
    const upTo = typed;
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form()), headers: { "HX-Request": "true" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const version = page.querySelector("input[name=version]");
    if (version) {
      kept = upTo;
      remember(version.value);
    }
  };

  document.addEventListener("input", (event) => {
    if (form()?.contains(event.target)) typed += 1;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form()) event.target.dataset.upTo = typed;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id !== "id_version") return;
    kept = Number(form()?.dataset.upTo ?? typed);
    remember(event.target.value);
  });
  document.addEventListener("submit", async (event) => {
    if (!form() || event.target === form() || typed === kept) {
      if (event.target === form()) kept = typed;
      return;
    }
    event.preventDefault();
    const { target, submitter } = event;
    await keep();
    kept = typed;
    target.requestSubmit(submitter);
  });
  addEventListener("pagehide", () => {
    if (form() && typed !== kept) navigator.sendBeacon(location.href, new FormData(form()));
  });
})();
