/* As the LMS's chromeless page: tells the page around it its size on load, on every change and on resize. */
(function () {
  "use strict";
  if (window.parent === window || !document.referrer) { return; }
  var last = "";
  function post() {
    var content = document.getElementById("content");
    var size = { width: content.offsetWidth, height: content.scrollHeight };
    var key = size.width + "x" + size.height;
    if (key === last) { return; }
    last = key;
    window.parent.postMessage({ type: "plugin.resize", payload: size }, document.referrer);
    window.scrollTo(0, 0);
  }
  new MutationObserver(post).observe(document.body, { attributes: true, childList: true, subtree: true });
  new ResizeObserver(post).observe(document.getElementById("content"));
  window.addEventListener("load", post);
  window.addEventListener("resize", post);
  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data || !event.data.hashName) { return; }
    var target = document.querySelector(event.data.hashName);
    if (target) { window.parent.postMessage({ offset: target.offsetTop }, document.referrer); }
  });
})();
