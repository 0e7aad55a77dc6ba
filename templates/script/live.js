"use strict";
// The interview in a browser: a clock, one question at a time, answers that are never lost. It fetches nothing and
// sends nothing; what is written stays in this browser until it is downloaded.
(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (text, value, name = "n") => text.split(`{${name}}`).join(value);
  const steps = all(".step");
  const questions = all(".question[data-id]");
  // Once another day is typed, that is what is printed.
  const showDate = () => {
    const printed = find(".printed");
    if (printed) printed.hidden = wordOf(cover.date) !== printed.dataset.date;
  };
  const cover = Object.fromEntries(["candidate", "interviewer", "date"].map((id) => [id, find(`#${id}`)]));

  // ---- What is kept -------------------------------------------------------------------------------------------

  const SCHEMA = 1;
  const blank = () => ({
    schema: SCHEMA,
    hash: body.dataset.hash,
    cover: {},
    questions: {},
    overall: { score: null, reason: "" },
    // Milliseconds used, and since when the clock runs, if it does.
    clock: { used: 0, since: null },
    step: 0,
    one: false,
    answers: true,
    shortcuts: true,
  });
  const entry = (id) =>
    (state.questions[id] ??= { score: null, note: "", mode: null, at: null, used: 0 });
  const keyOf = (candidate) => `intervy/${body.dataset.screen}/${candidate}`;
  const wordOf = (input) => input.value.trim();

  let key = keyOf(wordOf(cover.candidate));
  let state = blank();
  let keeps = true;

  const storage = (action) => {
    try {
      return action(window.localStorage);
    } catch {
      keeps = false;
      return null;
    }
  };

  function read(from) {
    const text = storage((store) => store.getItem(from));
    if (!text) return null;
    try {
      const found = JSON.parse(text);
      return found.schema === SCHEMA ? { ...blank(), ...found } : null;
    } catch {
      return null;
    }
  }

  function save() {
    const text = JSON.stringify(state);
    // Read again: a browser that is full or told to keep nothing may pretend.
    const kept = storage((store) => {
      store.setItem(key, text);
      return store.getItem(key) === text;
    });
    keeps = kept === true;
    say(keeps ? words.saved : words.not_saved, !keeps);
    showMissing();
  }

  function say(text, bad = false) {
    const saved = find("#saved");
    if (saved.textContent !== text) saved.textContent = text;
    saved.classList.toggle("bad", bad);
  }

  // ---- From the page to the state, and back ----------------------------------------------------------------------

  const radios = (name) => all(`input[name="${name}"]`);
  const check = (name, value) => radios(name).forEach((radio) => (radio.checked = radio.value === String(value)));

  function show() {
    for (const [name, input] of Object.entries(cover)) {
      if (name in state.cover) input.value = state.cover[name];
    }
    showDate();
    for (const question of questions) {
      const known = entry(question.dataset.id);
      check(`${question.id}-score`, known.score);
      check(`${question.id}-mode`, known.mode ?? question.dataset.mode);
      find(`#${question.id}-note`).value = known.note;
    }
    check("overall-score", state.overall.score);
    find("#overall-reason").value = state.overall.reason;
    find("#shortcuts").checked = state.shortcuts;
    showAnswers();
    showStep(false);
    tick();
    showMissing();
  }

  function take(target) {
    const question = target.closest(".question[data-id]");
    if (question) {
      const known = entry(question.dataset.id);
      if (target.name === `${question.id}-score`) {
        known.score = target.value;
        known.at = new Date().toISOString();
      } else if (target.name === `${question.id}-mode`) {
        known.mode = target.value;
      } else if (target.id === `${question.id}-note`) {
        known.note = target.value;
      }
    } else if (target.name === "overall-score") {
      state.overall.score = target.value;
    } else if (target.id === "overall-reason") {
      state.overall.reason = target.value;
    } else if (target.id === "shortcuts") {
      state.shortcuts = target.checked;
    } else if (target === cover.interviewer || target === cover.date) {
      state.cover[target.id] = target.value;
      showDate();
    } else {
      return;
    }
    save();
  }

  /** Another candidate is another scorecard; the first one to be named takes over what was written before. */
  function renameCandidate() {
    const next = keyOf(wordOf(cover.candidate));
    if (next === key) return;
    const before = key;
    const unnamed = before === keyOf("");
    const found = read(next);
    if (!unnamed && !found && !window.confirm(fill(words.switch_candidate, wordOf(cover.candidate), "what"))) {
      cover.candidate.value = state.cover.candidate ?? before.slice(keyOf("").length);
      return;
    }
    pause();
    key = next;
    if (found) {
      state = found;
    } else if (!unnamed) {
      state = { ...blank(), cover: { ...state.cover }, shortcuts: state.shortcuts };
    } else {
      storage((store) => store.removeItem(before));
    }
    state.cover.candidate = wordOf(cover.candidate);
    show();
    save();
  }

  // ---- The clock ---------------------------------------------------------------------------------------------

  const MINUTE = 60_000;
  const runs = () => state.clock.since !== null;
  const now = () => Date.now();
  const used = () => state.clock.used + (runs() ? Math.max(0, now() - state.clock.since) : 0);
  const whole = Number(body.dataset.minutes) * MINUTE;
  const planned = (step) =>
    (step.dataset.minutes ? Number(step.dataset.minutes) : step.id === "cover" ? Number(body.dataset.intro) : 0) * MINUTE;

  /** Books what has passed since the clock was last looked at on the question that is open. */
  function book() {
    if (!runs()) return;
    const passed = Math.max(0, now() - state.clock.since);
    state.clock.used += passed;
    state.clock.since = now();
    const step = steps[state.step];
    if (step.dataset.id) entry(step.dataset.id).used += passed;
    else state.clock[step.id] = (state.clock[step.id] ?? 0) + passed;
  }

  function start() {
    if (runs()) return;
    state.clock.since = now();
    if (state.step === 0 && state.clock.used === 0) state.one = true;
    changed();
  }

  function pause() {
    if (!runs()) return;
    book();
    state.clock.since = null;
    changed();
  }

  function changed() {
    save();
    showStep(false);
    tick();
  }

  const two = (number) => String(number).padStart(2, "0");
  const clock = (time) => `${Math.floor(time / MINUTE)}:${two(Math.floor((time % MINUTE) / 1000))}`;

  function showClock(element, name, passed, allowed) {
    const left = allowed - passed;
    find(".of", element).textContent = name;
    find("b", element).textContent = allowed > 0 ? `${clock(passed)} / ${clock(allowed)}` : clock(passed);
    const limit = Math.min(MINUTE, allowed / 5);
    const over = allowed > 0 && left <= 0;
    element.classList.toggle("over", over);
    element.classList.toggle("warn", allowed > 0 && !over && left <= limit);
    return over ? 2 : allowed > 0 && left <= limit ? 1 : 0;
  }

  let alarmed = "";
  function tick() {
    const step = steps[state.step];
    const open = runs() ? Math.max(0, now() - state.clock.since) : 0;
    const before = step.dataset.id ? entry(step.dataset.id).used : (state.clock[step.id] ?? 0);
    const name = step.id === "cover" ? words.introduction : find("h2", step).textContent;
    const part = showClock(find("#part"), name, before + open, planned(step));
    const total = showClock(find("#whole"), words.whole, used(), whole);
    // Once for every change, so that a screen reader is not talked over.
    const alarm = !runs() ? "" : total === 2 ? `whole-${total}` : part > 0 ? `${step.id}-${part}` : total > 0 ? "whole-1" : "";
    if (alarm !== alarmed) {
      alarmed = alarm;
      const left = alarm.startsWith("whole") ? whole - used() : planned(step) - before - open;
      find("#alarm").textContent = !alarm
        ? ""
        : `${alarm.startsWith("whole") ? words.whole : name}: ${left > 0 ? fill(words.warn, clock(left)) : words.time_up}`;
    }
    find("#go").textContent = runs() ? words.pause : used() > 0 ? words.resume : words.start;
  }

  // ---- Where we are ---------------------------------------------------------------------------------------------

  function showStep(scroll = true) {
    state.step = Math.min(Math.max(0, state.step), steps.length - 1);
    steps.forEach((step, place) => step.classList.toggle("now", place === state.step));
    body.classList.toggle("one", state.one);
    const view = find("#view");
    view.textContent = state.one ? words.all : words.one;
    view.setAttribute("aria-pressed", String(state.one));
    find("#back").disabled = state.step === 0;
    find("#next").disabled = state.step === steps.length - 1;
    if (!find("#shared").hidden) showShared();
    if (scroll) {
      const heading = find("h1, h2", steps[state.step]);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      if (state.one) window.scrollTo(0, 0);
      else steps[state.step].scrollIntoView();
    }
  }

  function go(place) {
    if (place < 0 || place >= steps.length || place === state.step) return;
    book();
    state.step = place;
    save();
    showStep();
    tick();
  }

  function showAnswers() {
    all("details.answer").forEach((details) => (details.open = state.answers));
    body.classList.toggle("veiled", !state.answers);
    const button = find("#answers");
    button.textContent = state.answers ? words.hide_answers : words.show_answers;
    button.setAttribute("aria-pressed", String(!state.answers));
  }

  // ---- The candidate's part alone -----------------------------------------------------------------------------------

  const title = document.title;

  function showShared() {
    const shared = find("#shared");
    const parts = all(".for-candidate", steps[state.step]).map((part) => {
      const copy = part.cloneNode(true);
      all("[id]", copy).forEach((element) => element.removeAttribute("id"));
      copy.removeAttribute("id");
      return copy;
    });
    const end = document.createElement("button");
    end.type = "button";
    end.className = "end";
    end.textContent = words.unshare;
    end.addEventListener("click", () => share(false));
    shared.replaceChildren(...parts, end);
  }

  function share(on) {
    const shared = find("#shared");
    if (on === !shared.hidden) return;
    // Nothing of the packet is on the screen for a moment.
    body.classList.toggle("shares", on);
    shared.hidden = !on;
    document.title = on ? shared.getAttribute("aria-label") : title;
    if (on) {
      showShared();
      shared.focus();
      window.scrollTo(0, 0);
    } else {
      shared.replaceChildren();
      find("#share").focus();
    }
  }

  // ---- The scorecard -----------------------------------------------------------------------------------------------

  const evidence = body.dataset.evidence.split(" ");
  const needsNote = (score) => evidence.includes(score);

  function missing() {
    const found = [];
    if (!wordOf(cover.candidate)) found.push([words.missing_candidate, "cover"]);
    if (!wordOf(cover.interviewer)) found.push([words.missing_interviewer, "cover"]);
    for (const question of questions) {
      const { score, note } = entry(question.dataset.id);
      const what = find("h2", question).textContent;
      if (score === null) found.push([fill(words.missing_score, what, "what"), question.id]);
      else if (needsNote(score) && !note.trim()) found.push([fill(words.missing_note, what, "what"), question.id]);
    }
    const overall = find("#overall-title").textContent;
    if (state.overall.score === null) found.push([fill(words.missing_score, overall, "what").split(",")[0], "overall"]);
    if (!state.overall.reason.trim()) found.push([words.missing_reason, "overall"]);
    return found;
  }

  function showMissing() {
    const found = missing();
    const list = document.createElement("ul");
    for (const [text, id] of found) {
      const link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = text;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(steps.findIndex((step) => step.id === id));
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    const line = document.createElement("p");
    line.textContent = found.length ? words.missing : words.complete;
    const place = find("#missing");
    const before = place.textContent;
    if (line.textContent + list.textContent !== before) place.replaceChildren(line, ...(found.length ? [list] : []));
  }

  const isScore = (score) => /^[1-5]$/.test(score ?? "");

  function scorecard() {
    const date = wordOf(cover.date) || new Date().toLocaleDateString("sv");
    return {
      schema: 1,
      screen: body.dataset.screen,
      screen_hash: body.dataset.hash,
      candidate: wordOf(cover.candidate),
      interviewer: wordOf(cover.interviewer),
      date,
      status: missing().length ? "draft" : "submitted",
      seconds: Math.round(used() / 1000),
      questions: questions.map((question) => {
        const known = entry(question.dataset.id);
        const card = { id: question.dataset.id, hash: question.dataset.hash };
        if (known.score !== null) card.asked = known.score !== "skip";
        if (isScore(known.score)) card.score = Number(known.score);
        if (known.score === "none") card.no_rating = true;
        if (known.score !== "skip") card.mode = known.mode ?? question.dataset.mode;
        if (known.note.trim()) card.note = known.note.trim();
        if (known.used >= 500) card.seconds = Math.round(known.used / 1000);
        if (known.at) card.scored_at = known.at;
        return card;
      }),
      overall: {
        ...(isScore(state.overall.score) ? { score: Number(state.overall.score) } : {}),
        ...(state.overall.reason.trim() ? { reason: state.overall.reason.trim() } : {}),
      },
    };
  }

  /** A cell of CSV that a spreadsheet takes for text, whatever it begins with. */
  function cell(value) {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.split('"').join('""')}"` : safe;
  }

  function csv() {
    const card = scorecard();
    const head = ["screen", "candidate", "interviewer", "date", "question", "asked", "score", "no_rating", "mode", "seconds", "note"];
    const row = (id, known) => [
      card.screen, card.candidate, card.interviewer, card.date, id,
      known.asked, known.score, known.no_rating, known.mode, known.seconds, known.note,
    ];
    const rows = card.questions.map((known) => row(known.id, known));
    rows.push(row("overall", { score: card.overall.score, note: card.overall.reason }));
    return [head, ...rows].map((cells) => cells.map(cell).join(",") + "\r\n").join("");
  }

  function download(text, type, ending) {
    const link = document.createElement("a");
    const safe = (word) => word.replace(/[^A-Za-z0-9._-]+/g, "-") || "unnamed";
    const name = [body.dataset.screen, wordOf(cover.candidate), wordOf(cover.interviewer)].map(safe).join("_");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `${name}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function erase() {
    if (!window.confirm(words.erase_sure)) return;
    storage((store) => store.removeItem(key));
    const { candidate, interviewer, date } = cover;
    state = { ...blank(), cover: { candidate: candidate.value, interviewer: interviewer.value, date: date.value } };
    show();
    say(words.erased);
  }

  // ---- Hands -----------------------------------------------------------------------------------------------------

  const toggle = () => (runs() ? pause() : start());
  const flip = (name) => () => {
    state[name] = !state[name];
    save();
    if (name === "answers") showAnswers();
    else showStep();
  };

  function score(value) {
    const step = steps[state.step];
    const name = step.id === "overall" ? "overall-score" : `${step.id}-score`;
    const radio = radios(name).find((one) => one.value === value);
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    take(radio);
  }

  const keys = {
    n: () => go(state.step + 1),
    ArrowRight: () => go(state.step + 1),
    p: () => go(state.step - 1),
    ArrowLeft: () => go(state.step - 1),
    0: () => score("none"),
    x: () => score("skip"),
    t: toggle,
    v: flip("one"),
    a: flip("answers"),
    s: () => share(true),
    "?": () => find("#keys").showModal(),
  };
  for (const value of "12345") keys[value] = () => score(value);

  document.addEventListener("keydown", (event) => {
    const sharing = !find("#shared").hidden;
    if (event.key === "Escape" && sharing) return share(false);
    const typing = event.target.closest("textarea, input:not([type=radio]):not([type=checkbox])");
    const arrow = event.key.startsWith("Arrow") && event.target.closest("input[type=radio]");
    if (typing || arrow || event.ctrlKey || event.metaKey || event.altKey || find("#keys").open || !state.shortcuts) return;
    // Whoever shares the screen may still turn the page.
    const pages = ["n", "p", "ArrowRight", "ArrowLeft"].includes(event.key);
    const action = sharing && !pages ? (event.key === "s" ? () => share(false) : null) : keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  document.addEventListener("input", (event) => take(event.target));
  cover.candidate.addEventListener("change", renameCandidate);
  find("#go").addEventListener("click", toggle);
  find("#back").addEventListener("click", () => go(state.step - 1));
  find("#next").addEventListener("click", () => go(state.step + 1));
  find("#view").addEventListener("click", flip("one"));
  find("#answers").addEventListener("click", flip("answers"));
  find("#share").addEventListener("click", () => share(true));
  find("#help").addEventListener("click", () => find("#keys").showModal());
  find("#json").addEventListener("click", () => download(`${JSON.stringify(scorecard(), null, 2)}\n`, "application/json", "json"));
  find("#csv").addEventListener("click", () => download(csv(), "text/csv", "csv"));
  find("#print").addEventListener("click", () => window.print());
  find("#erase").addEventListener("click", erase);
  all(".agenda a").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(steps.findIndex((step) => `#${step.id}` === link.hash));
    }),
  );
  steps.forEach((step, place) =>
    step.addEventListener("focusin", () => {
      // Whoever writes at a question is at that question.
      if (!state.one && place !== state.step) {
        book();
        state.step = place;
        showStep(false);
        tick();
      }
    }),
  );

  window.addEventListener("storage", (event) => {
    if (event.key === key && event.newValue !== null) say(words.other_tab, true);
  });
  // A page that is closed or frozen in the middle has lost nothing but the running seconds.
  const leave = () => {
    if (!runs()) return;
    book();
    save();
  };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details.answer").filter((details) => !details.open);
    opened.forEach((details) => (details.open = true));
    share(false);
    all(".notes textarea").forEach((area) => {
      if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + 4}px`;
    });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((details) => (details.open = false));
    all(".notes textarea").forEach((area) => (area.style.height = ""));
  });

  const found = read(key);
  if (found) state = found;
  find("#bar").hidden = false;
  find("#finish").hidden = false;
  show();
  if (found) say(words.restored);
  else save();
  setInterval(() => {
    tick();
    // So that a crash costs seconds of the clock, not minutes.
    if (runs() && now() - state.clock.since > 5_000) {
      book();
      save();
    }
  }, 250);
})();
