/* Formulas between \( \) and \[ \], as Moodle's MathJax filter shows them. KaTeX is loaded when the first is seen. */
(function () {
  "use strict";
  var FORMULA = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g;
  var loading = null;

  function load() {
    loading = loading || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = document.documentElement.dataset.katex;
      script.onload = function () {
        var sheet = document.createElement("style");
        var fonts = new URL("fonts/", script.src).href;
        sheet.textContent = window.PeerKatex.fontFaces(fonts) + window.PeerKatex.sheet;
        document.head.append(sheet);
        resolve(window.PeerKatex);
      };
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }
  function texts(scope) {
    var found = [];
    var walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      var node = walker.currentNode;
      if (!node.parentElement.closest("pre, code, .katex") && node.data.search(FORMULA) >= 0) { found.push(node); }
    }
    return found;
  }
  function typeset(node, katex) {
    var parts = document.createDocumentFragment();
    var from = 0;
    node.data.replace(FORMULA, function (whole, inline, display, at) {
      var span = document.createElement("span");
      katex.render(inline || display, span, display !== undefined);
      // A wide formula scrolls: it must be reachable by keyboard.
      if (display !== undefined) { span.querySelector(".katex-display").tabIndex = 0; }
      parts.append(node.data.slice(from, at), span);
      from = at + whole.length;
    });
    parts.append(node.data.slice(from));
    node.replaceWith(parts);
  }
  window.typesetFormulas = function () {
    document.querySelectorAll(".message").forEach(function (message) {
      var nodes = texts(message);
      if (!nodes.length) { return; }
      load().then(function (katex) {
        nodes.forEach(function (node) { typeset(node, katex); });
      }, function () { /* the TeX stays readable */ });
    });
  };
  window.typesetFormulas();
})();
