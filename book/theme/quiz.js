/* The chapters' quizzes: checks answers, says why, and keeps results in this browser.

   The page is whole without this script (see exercises/course/src/dev/quizzes/render.rs,
   which writes it): questions to tick or fill in, and answers that fold out. What is added
   here is the button "Check". Reasons are copied from the fold-outs, so that they are
   written once. Nothing is loaded and nothing is sent.

   A wrong answer gets the reason why it is wrong and may be changed; a right one stays. */

"use strict";

(() => {
    /* ---- Comparing ------------------------------------------------------- */

    /* Units by the spelling that answers are compared in. */
    const UNITS = {
        s: ["sec", "secs", "second", "seconds"],
        ms: ["msec", "milliseconds", "millisecond", "millis"],
        us: ["µs", "μs", "microsecond", "microseconds", "usec"],
        ns: ["nanosecond", "nanoseconds", "nsec"],
        min: ["mins", "minute", "minutes"],
        h: ["hr", "hrs", "hour", "hours"],
        d: ["day", "days"],
        b: ["byte", "bytes"],
        kb: ["kilobyte", "kilobytes"],
        mb: ["megabyte", "megabytes"],
        gb: ["gigabyte", "gigabytes"],
        "%": ["percent", "per cent"],
    };
    const SPELLINGS = Object.entries(UNITS)
        .flatMap(([unit, spellings]) => spellings.map(spelling => [spelling, unit]))
        .sort(([one], [other]) => other.length - one.length);

    /* Digits in groups of three as one number: 1,000 and 1 000 and 1_000. */
    const ungrouped = text => text.replace(
        /(?<![\d.,])\d{1,3}(?:[,_\u0020\u00a0\u2009\u202f]\d{3})+(?![\d,])/g,
        number => number.replace(/\D/g, ""),
    );

    const unified = text => SPELLINGS.reduce(
        (text, [spelling, unit]) => text.replace(
            new RegExp(`(?<![a-zµμ])${spelling}(?![a-z])`, "g"), unit),
        text,
    );

    /* A text as all its spellings are alike: without case, spacing and the style of
       units, signs and quotes. */
    const plain = text => unified(ungrouped(text.toLowerCase()))
        .replace(/[−–—]/g, "-")
        .replace(/×/g, "x")
        .replace(/[“”„]/g, "\"")
        .replace(/[‘’]/g, "'")
        .replace(/\bper(?=\s|s\b)\s*/g, "/")
        .replace(/\s+/g, "");

    /* The number that a text says, in `unit` or without one; NaN if it is none.
       A fraction is a number, and so is a percentage. */
    const number = (text, unit) => {
        let bare = plain(text);
        const end = plain(unit);
        if (end !== "" && bare.endsWith(end)) bare = bare.slice(0, -end.length);
        /* A comma that groups nothing is a decimal one. */
        bare = bare.replace(/^(-?\d+),(\d+)$/, "$1.$2");
        const fraction = /^(-?[\d.]+)\/([\d.]+)$/.exec(bare);
        if (fraction) {
            const part = Number(fraction[1]) / Number(fraction[2]);
            return unit === "%" && !text.includes("%") ? part * 100 : part;
        }
        return /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(bare) ? Number(bare) : NaN;
    };

    /* Whether `given` says what `wanted` says, for a question with these attributes. */
    const same = (given, wanted, { number: right, tolerance, unit }) => {
        if (right === undefined) return plain(given) === plain(wanted);
        const away = Math.abs(number(given, unit ?? "") - Number(wanted));
        /* The last digit of a tolerance is lost where 0.1 is no sum of halves. */
        return away <= Number(tolerance) * (1 + 1e-9);
    };

    /* ---- Keeping --------------------------------------------------------- */

    /* Results by chapter and question. A browser may refuse to keep anything, and then
       they last as long as the page. */
    const kept = chapter => {
        const name = `course-quiz/${chapter}`;
        let results = {};
        try {
            const read = JSON.parse(localStorage.getItem(name) ?? "{}");
            if (read !== null && typeof read === "object") results = read;
        } catch { /* blocked, or somebody else's */ }
        const write = () => {
            try {
                localStorage.setItem(name, JSON.stringify(results));
            } catch { /* blocked, or full */ }
        };
        return {
            of: id => results[id],
            put(id, result) { results[id] = result; write(); },
            clear() { results = {}; write(); },
        };
    };

    /* ---- One question ---------------------------------------------------- */

    const question = (form, results, onChange) => {
        const { id, kind } = form.dataset;
        const inputs = [...form.querySelectorAll("fieldset input, fieldset textarea")];
        const button = form.querySelector(".quiz-check button");
        /* mdBook puts a button to copy with over a program, and Enter would press that. */
        for (const other of form.querySelectorAll("button")) {
            if (other !== button) other.type = "button";
        }
        const verdict = form.querySelector(".quiz-verdict");
        const isChoice = kind === "choice";
        const reasons = [...form.querySelectorAll(".quiz-why")];
        let isRight = false;

        const given = () => isChoice
            ? inputs.filter(input => input.checked).map(input => input.value)
            : inputs.map(input => input.value.trim()).filter(text => text !== "");

        /* Whether an answer is right, what to say, and the reasons to show. */
        const judge = answer => {
            if (answer.length === 0) {
                return { right: false, empty: true, says: isChoice ? "Choose an answer first." : "Write an answer first.", why: [] };
            }
            return isChoice ? judgeChoice(answer) : judgeText(answer[0]);
        };

        const judgeChoice = answer => {
            const wanted = inputs.filter(input => "right" in input.dataset).map(input => input.value);
            const hits = answer.filter(value => wanted.includes(value)).length;
            const right = hits === wanted.length && answer.length === wanted.length;
            const why = reasons.filter(reason => answer.includes(reason.dataset.for));
            if (right) return { right, says: "Right.", why };
            const missing = wanted.length - hits;
            const partly = wanted.length > 1 && hits === answer.length;
            return {
                right,
                says: partly ? `Not complete: ${missing} more ${missing === 1 ? "is" : "are"} right.` : "Not right. Try again.",
                why,
            };
        };

        const judgeText = answer => {
            const { accept, number: right } = form.dataset;
            const wanted = right === undefined ? JSON.parse(accept) : [right];
            const says = text => same(answer, text, form.dataset);
            if (wanted.some(says)) {
                return { right: true, says: "Right.", why: reasons.filter(reason => "right" in reason.dataset) };
            }
            const why = reasons.filter(reason => "for" in reason.dataset && says(reason.dataset.for));
            return { right: false, says: "Not right. Try again.", why: why.slice(0, 1) };
        };

        const show = ({ right, says, why }) => {
            isRight = right;
            form.dataset.state = right ? "right" : "wrong";
            const line = document.createElement("p");
            line.className = "quiz-says";
            line.textContent = says;
            verdict.replaceChildren(line, ...why.flatMap(reason => [...reason.cloneNode(true).childNodes]));
            for (const input of inputs) {
                const option = input.closest("li");
                if (option) option.dataset.state = input.checked ? ("right" in input.dataset ? "right" : "wrong") : "";
                if (isChoice) input.disabled = right;
                else input.readOnly = right;
            }
            /* Not `disabled`, which would take the focus away from whoever pressed it. */
            button.setAttribute("aria-disabled", String(right));
        };

        const forget = () => {
            isRight = false;
            delete form.dataset.state;
            verdict.replaceChildren();
            button.setAttribute("aria-disabled", "false");
            for (const input of inputs) {
                input.disabled = input.readOnly = false;
                input.closest("li")?.removeAttribute("data-state");
            }
        };

        form.addEventListener("submit", event => {
            event.preventDefault();
            if (isRight) return;
            const answer = given();
            const judged = judge(answer);
            /* The field that has the focus is about to be switched off. */
            if (judged.right) button.focus();
            show(judged);
            if (judged.empty) return;
            results.put(id, { given: answer, right: judged.right });
            onChange();
        });
        /* An answer that is being changed is neither right nor wrong. */
        form.addEventListener("input", () => { if (!isRight) forget(); });
        /* mdBook turns pages with the arrow keys, and these choose an option. */
        form.addEventListener("keydown", event => event.stopPropagation());

        const restore = () => {
            form.reset();
            const result = results.of(id);
            if (!result || !Array.isArray(result.given)) return;
            if (isChoice) {
                for (const input of inputs) input.checked = result.given.includes(input.value);
            } else {
                inputs[0].value = String(result.given[0] ?? "");
            }
            /* Judged anew: the question may have been mended since. */
            const answer = given();
            if (answer.length > 0) show(judge(answer));
        };

        button.disabled = false;
        restore();
        return {
            isRight: () => isRight,
            clear() { form.reset(); forget(); },
        };
    };

    /* ---- One chapter's quiz ---------------------------------------------- */

    const quiz = block => {
        const results = kept(block.dataset.quiz);
        const line = block.querySelector(".quiz-score [role=status]");
        const reset = block.querySelector(".quiz-score button");
        const questions = [];
        const score = () => {
            const right = questions.filter(question => question.isRight()).length;
            line.textContent = `${right} of ${questions.length} right`;
        };
        for (const form of block.querySelectorAll("form.quiz-question")) {
            questions.push(question(form, results, score));
        }
        reset.addEventListener("click", () => {
            results.clear();
            for (const question of questions) question.clear();
            score();
        });
        reset.disabled = false;
        score();
    };

    for (const block of document.querySelectorAll(".quiz")) quiz(block);

    /* For the browser tests, which compare answers by the dozen. */
    window.courseQuiz = { same };
})();
