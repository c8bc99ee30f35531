// Forms with data-autosave are saved as one writes. "Saved" is said only after the server has said so. Where it does not
// answer, the form says since when it is not saved and tries again; where it did not answer or refused, one is asked
// before the page is left. What was typed a moment ago is sent when the page goes out of sight.
(() => {
  const WAIT = 1200, TIMEOUT = 15000, AGAIN = [3000, 5000, 10000, 20000, 30000];
  const LARGEST_LAST_WORD = 60000; // browsers send no more of a page that has gone
  const states = new Map();
  let leaving = false, passing = false, isAsking = false;

  const stateOf = (form) => {
    if (!states.has(form)) states.set(form, { typed: 0, saved: 0, failures: 0, since: new Date(), answered: true, refused: false });
    return states.get(form);
  };
  const isUnsaved = (state) => state.typed !== state.saved;
  const isInTrouble = (state) => isUnsaved(state) && (!state.answered || state.refused);
  const forms = () => [...document.querySelectorAll("form[data-autosave]")];

  const say = (form, words, isBad) => {
    const said = form.querySelector("[data-autosave-said]");
    said.textContent = words;
    said.classList.toggle("autosave__said--not", isBad);
    return said;
  };
  const sayNotSaved = (form, state) => {
    const time = state.since.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(form, form.querySelector("[data-autosave-said]").dataset.notSaved.replace("TIME", time), true);
  };
  const sayKeptElsewhere = (form, hasEnded, url) => {
    const words = form.querySelector("[data-autosave-said]").dataset;
    const way = document.createElement("a");
    Object.assign(way, { href: url, textContent: hasEnded ? words.signIn : words.look });
    say(form, hasEnded ? words.sessionEnded : words.gone, true).append(" ", way);
  };

  const bodyOf = (form) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    return body;
  };
  const outlivesPage = (body) => body.toString().length < LARGEST_LAST_WORD;
  const sendForm = (form, more = {}) => {
    const body = bodyOf(form), keepalive = outlivesPage(body);
    return fetch(location.href, { method: "POST", body, keepalive, headers: { "HX-Request": "true" }, ...more });
  };

  // What the answer to an autosave says: saved; kept for its writer, though not here; or refused.
  const take = async (form, state, upTo, response) => {
    const elsewhere = response.headers.get("HX-Redirect");
    if (elsewhere) {
      state.saved = upTo;
      sayKeptElsewhere(form, response.status === 401, elsewhere);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const said = page.querySelector("[data-saved], [data-kept], [data-refused]");
    if (!said) throw new Error("no answer of an autosave");
    const version = page.querySelector("input[name=version]");
    // every form of the page that builds on the row
    if (version) for (const input of document.querySelectorAll("input[name=version]")) input.value = version.value;
    state.refused = said.matches("[data-refused]");
    if (!state.refused) state.saved = upTo;
    if (upTo === state.typed) say(form, said.textContent.trim(), !said.matches("[data-saved]"));
  };

  const save = async (form) => {
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (state.running) {
      await state.running;
      if (!isUnsaved(state) || !state.answered) return;
    }
    state.running = tryOnce(form, state, state.typed);
    await state.running;
    state.running = null;
  };
  const tryOnce = async (form, state, upTo) => {
    try {
      await take(form, state, upTo, await sendForm(form, { signal: AbortSignal.timeout(TIMEOUT) }));
      Object.assign(state, { failures: 0, answered: true });
    } catch {
      state.answered = false;
      sayNotSaved(form, state);
      state.timer = setTimeout(() => save(form), AGAIN[Math.min(state.failures, AGAIN.length - 1)]);
      state.failures += 1;
    }
  };

  const typedIn = (event) => {
    const form = event.target.form;
    // a field beside the form goes with its own button
    if (!form?.matches("form[data-autosave]") || !form.contains(event.target)) return;
    const state = stateOf(form);
    if (!isUnsaved(state)) state.since = new Date();
    state.typed += 1;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), WAIT);
  };
  document.addEventListener("input", typedIn);

  // What stands in another form of the page goes first. What is sent is saved before the page is given up for it: where
  // the server does not answer, the words stay here.
  const saveBefore = async (form, others) => {
    const own = form.matches("form[data-autosave]") ? stateOf(form) : null;
    if (own && !isSafe(own)) await save(form);
    if (own && !own.answered) return false;
    await Promise.all(others.map(save));
    return true;
  };
  const isSafe = (state) => state.answered && !isUnsaved(state);
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    const others = forms().filter((form) => form !== target && isUnsaved(stateOf(form)));
    const own = target.matches("form[data-autosave]") ? stateOf(target) : null;
    if (own) clearTimeout(own.timer);
    if (passing || (!others.length && (!own || isSafe(own)))) {
      leaving = others.length === 0;
      passing = false;
      return;
    }
    event.preventDefault();
    if (isAsking) return; // pressed twice
    isAsking = true;
    target.setAttribute("aria-busy", "true");
    const isSaved = await saveBefore(target, others);
    isAsking = false;
    if (!isSaved) return target.removeAttribute("aria-busy");
    passing = true;
    target.requestSubmit(submitter);
  });

  const saveUnsaved = () => forms().filter((form) => isUnsaved(stateOf(form))).forEach(save);
  addEventListener("online", saveUnsaved);
  // a phone ends pages that are out of sight without a further word
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) saveUnsaved();
  });
  addEventListener("pageshow", () => {
    leaving = false;
    for (const form of document.forms) form.removeAttribute("aria-busy");
  });
  addEventListener("beforeunload", (event) => {
    const isLost = (form) => isInTrouble(stateOf(form)) || (isUnsaved(stateOf(form)) && !outlivesPage(bodyOf(form)));
    if (!leaving && forms().some(isLost)) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (leaving) return;
    for (const form of forms()) if (isUnsaved(stateOf(form))) sendForm(form).catch(() => {});
  });
})();
