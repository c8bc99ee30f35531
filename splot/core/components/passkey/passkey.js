// A form with `data-passkey` ("create" or "get") and the options of the server: its button of the same name asks the
// browser for a passkey, and sends what the browser answers.
(() => {
  const decode = (words) => Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const encode = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const withBytes = (list) => (list ?? []).map((each) => ({ ...each, id: decode(each.id) }));

  const optionsOf = (form) => {
    const { publicKey } = JSON.parse(form.dataset.options);
    const options = { ...publicKey, challenge: decode(publicKey.challenge) };
    if (options.user) options.user = { ...options.user, id: decode(options.user.id) };
    if (options.excludeCredentials) options.excludeCredentials = withBytes(options.excludeCredentials);
    if (options.allowCredentials) options.allowCredentials = withBytes(options.allowCredentials);
    return { publicKey: options };
  };

  const asWords = (credential) => {
    const { response } = credential, answer = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) answer[name] = encode(response[name]);
    }
    if (response.getTransports) answer.transports = response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: encode(credential.rawId),
      type: credential.type,
      response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
      authenticatorAttachment: credential.authenticatorAttachment,
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      const button = form.querySelector("[data-passkey-button]"), said = form.querySelector("[data-passkey-said]");
      if (!navigator.credentials || !window.PublicKeyCredential) {
        said.textContent = said.dataset.passkeySaid;
        continue;
      }
      button.hidden = false;
      button.addEventListener("click", async () => {
        if (form.dataset.passkey === "create" && !form.reportValidity()) return;
        try {
          const credential = await navigator.credentials[form.dataset.passkey](optionsOf(form));
          form.elements.credential.value = asWords(credential);
          form.noValidate = true; // no code is needed beside it
          form.requestSubmit();
        } catch {
          said.textContent = said.dataset.passkeyFailed;
        }
      });
    }
  });
})();
