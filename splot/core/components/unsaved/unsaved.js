// Forms that do not save themselves: before a page with typed words is given up for its sending, the server is asked
// whether it can take them; before such a page is left otherwise, its writer is asked. A form that htmx sends says so
// when it did not get through.
(() => {
  const TIMEOUT = 10000, FRESH = 10000, PART_HEAD = 160;
  const TEXT = "textarea, input:not([type]), input[type=text], input[type=number], input[type=date], input[type=email], input[type=url]";
  const answered = new WeakMap(); // {form: when the server answered last}
  let sent = null, isAsking = false;

  const hasChanged = (field) => field.matches(TEXT)
    ? field.value !== field.defaultValue
    : field.matches("[type=checkbox], [type=radio]") && field.checked !== field.defaultChecked;
  // of a form that saves itself only what stands beside it
  const fieldsOf = (form) => [...form.elements].filter((field) => !form.matches("[data-autosave]") || !form.contains(field));
  const isWritten = (form) => !form.querySelector("[type=password]") && fieldsOf(form).some(hasChanged);
  const isOurs = (form) => form.method === "post";
  const writtenForms = () => [...document.forms].filter((form) => isOurs(form) && isWritten(form));

  const say = (form, words) => {
    let said = form.querySelector(".unsaved__said");
    if (!said) {
      said = Object.assign(document.createElement("p"), { className: "unsaved__said" });
      said.setAttribute("role", "alert");
      form.append(said);
    }
    said.textContent = words;
  };
  // as the body of a request will be: its bytes, and how many fields it has
  const isTooLarge = (form) => {
    const { maxBytes, maxFields } = document.body.dataset;
    const sent = [...new FormData(form)];
    let bytes = 0;
    for (const [name, value] of sent) {
      if (value instanceof File) bytes += value.size + name.length + PART_HEAD;
      else if (form.enctype === "multipart/form-data") bytes += new Blob([name, value]).size + PART_HEAD;
      else bytes += new URLSearchParams([[name, value]]).toString().length + 1;
    }
    return bytes > Number(maxBytes) || sent.length > Number(maxFields);
  };
  const sayNotSent = (form) => say(form, document.body.dataset.notSent);

  const canSave = async () => {
    try {
      return (await fetch("/health/?only=database,disk", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) })).status < 500;
    } catch {
      return false;
    }
  };
  const isFresh = (form) => Date.now() - (answered.get(form) ?? 0) < FRESH;

  // before other scripts, which may give the page up
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    if (isOurs(target) && isTooLarge(target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return say(target, document.body.dataset.tooLarge);
    }
    if (!isOurs(target) || target.matches("[hx-post]") || !isWritten(target)) return;
    if (isFresh(target)) {
      sent = target;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isAsking) return; // pressed twice
    isAsking = true;
    target.setAttribute("aria-busy", "true");
    const isReady = await canSave();
    isAsking = false;
    if (!isReady) {
      target.removeAttribute("aria-busy");
      return sayNotSent(target);
    }
    answered.set(target, Date.now());
    target.requestSubmit(submitter);
  }, true);

  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, ({ detail }) => {
      const form = detail.elt.closest("form");
      if (form && isOurs(form) && !detail.xhr?.getResponseHeader("HX-Redirect")) sayNotSent(form);
    });
  }

  // "Cancel" says it already
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".form-actions a[href]");
    if (link && !event.defaultPrevented) sent = link.closest("form");
  });
  addEventListener("pageshow", () => { sent = null; });
  addEventListener("beforeunload", (event) => {
    if (writtenForms().some((form) => form !== sent)) event.preventDefault();
  });
})();
