// Forms: each posts to the page it stands on, says what it does, and comes back filled in when it is refused.
import { html, type Content, type Html } from "./html.ts";
import type { Visit } from "./visit.ts";

export type FormName = { /** What it does. */ readonly does: string; /** What it does it to, when a page has several such forms. */ readonly subject: string };

/** Name of a form of which a page has one. */
export function the(does: string): FormName {
  return { does, subject: "" };
}

/** A form with its hidden fields. A refused one is marked, so that the live script leaves it alone. */
export function form(visit: Visit, name: FormName, content: Content, className = "form"): Html {
  return html`<form method="post" action="${visit.url.pathname}" id="${formId(name)}" class="${className}" ${wasRefused(visit, name) && html` data-keep`}>
    ${hidden(visit, name)}${content}
  </form>`;
}

/** The id of a form's element, for buttons that stand outside it. */
export function formId(name: FormName): string {
  return name.subject === "" ? `form-${name.does}` : `form-${name.does}-${name.subject}`;
}

/** What a field holds: what was typed when this form was refused, else `otherwise`. */
export function kept(visit: Visit, name: FormName, field: string, otherwise: string): string {
  return wasRefused(visit, name) ? (visit.refusal?.fields.get(field) ?? "") : otherwise;
}

export function wasRefused(visit: Visit, name: FormName): boolean {
  return visit.refusal !== null && visit.refusal.form === name.does && visit.refusal.subject === name.subject;
}

/** A line of text with its label. */
export function textField(
  visit: Visit,
  name: FormName,
  field: {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly type?: "text" | "date";
    readonly hint?: string;
    readonly isRequired?: boolean;
  },
): Html {
  const id = `${formId(name)}-${field.name}`;
  return html`<p class="field">
    <label for="${id}">${field.label}</label>
    <input
      type="${field.type ?? "text"}"
      id="${id}"
      name="${field.name}"
      value="${kept(visit, name, field.name, field.value)}"
      autocomplete="off"
      ${field.isRequired === true && html` required`}${field.hint !== undefined && html` aria-describedby="${id}-hint"`}
    />
    ${field.hint !== undefined && html`<small id="${id}-hint">${field.hint}</small>`}
  </p>`;
}

type Choice = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

/** One of several things, with its label. */
export function selectField(visit: Visit, name: FormName, field: Choice): Html {
  return html`<p class="field"><label for="${formId(name)}-${field.name}">${field.label}</label> ${choice(visit, name, field)}</p>`;
}

/** The only field of a form: one of several things, with the button that takes it. */
export function choiceField(visit: Visit, name: FormName, field: Choice & { readonly press: string }): Html {
  return html`<label for="${formId(name)}-${field.name}">${field.label}</label>
    <span class="together">${choice(visit, name, field)} <button type="submit" class="button">${field.press}</button></span>`;
}

function choice(visit: Visit, name: FormName, field: Choice): Html {
  const chosen = kept(visit, name, field.name, field.value);
  return html`<select id="${formId(name)}-${field.name}" name="${field.name}">
    ${field.options.map(({ value, label }) => html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`)}
  </select>`;
}

/** Several lines of Markdown with their label. */
export function longField(
  visit: Visit,
  name: FormName,
  field: { readonly name: string; readonly label: string; readonly value: string; readonly rows?: number },
): Html {
  const id = `${formId(name)}-${field.name}`;
  // The line end after the tag is dropped by browsers: without it a text that starts with one would lose it.
  return html`<p class="field">
    <label for="${id}">${field.label}</label>
    <textarea id="${id}" name="${field.name}" rows="${field.rows ?? 5}">${"\n"}${kept(visit, name, field.name, field.value)}</textarea>
  </p>`;
}

/** One press, nothing to fill in. */
export function pressForm(
  visit: Visit,
  name: FormName,
  label: Content,
  options: { readonly className?: string; readonly fields?: Readonly<Record<string, string>>; readonly hint?: string } = {},
): Html {
  const fields = Object.entries(options.fields ?? {}).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}" />`);
  return form(
    visit,
    name,
    [
      fields,
      html`<button type="submit" class="${options.className ?? "button"}" ${options.hint !== undefined && html`title="${options.hint}"`}>${label}</button>`,
    ],
    "press",
  );
}

function hidden(visit: Visit, name: FormName): Html {
  return html`<input type="hidden" name="token" value="${visit.viewer.token}" /><input
      type="hidden"
      name="as"
      value="${visit.viewer.person?.login ?? ""}"
    /><input type="hidden" name="does" value="${name.does}" /><input type="hidden" name="subject" value="${name.subject}" />`;
}
