/* Refreshes the changing part of the page every few seconds, while the page is visible, and says so once. */
(function () {
  "use strict";
  var root = document.documentElement;
  var theme = document.getElementById("theme");
  function label() {
    theme.textContent = root.dataset.theme === "dark" ? theme.dataset.light : theme.dataset.dark;
  }
  theme.addEventListener("click", function () {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    document.cookie = "moodle_theme=" + root.dataset.theme + ";path=/;max-age=31536000;samesite=lax";
    label();
  });
  label();

  var live = document.getElementById("live");
  if (!live) { return; }
  var announce = document.querySelector("[data-announce]");
  // What the page was sent with, before formulas are typeset: what came since is shown at the first look, too.
  var last = live.innerHTML;

  function asOnPage(text) {
    var box = document.createElement("template");
    box.innerHTML = text;
    return box.innerHTML;
  }
  function keepsFocus() {
    return live.contains(document.activeElement) && document.activeElement !== document.body;
  }
  function refresh() {
    if (document.hidden || keepsFocus()) { return; }
    fetch(live.dataset.refresh, { headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (text) {
        if (text === null || keepsFocus()) { return; }
        var shown = asOnPage(text);
        if (shown === last) { return; }
        live.innerHTML = text; // rendered by this server, which cleaned what people wrote
        window.typesetFormulas();
        announce.textContent = announce.dataset.one;
        last = shown;
      })
      .catch(function () { /* the server is away: the next round asks again */ });
  }
  refresh();
  setInterval(refresh, 3000);
})();
