/**
 * The building blocks of every screen. They know no domain; their words are in i18n's `common`.
 * Buttons, inputs, menus and tables come from `@mantine/core` with our theme (sizes md = 44 px, lg = 52 px).
 *
 * Frames     PageShell (title, actions, content; app/SignedIn.tsx puts the bar around it), FocusPage (patient, one
 *            column), Step ("Step 2 of 4", one decision), Panel (a named surface)
 * States     Loaded (a query's three faces), Loading (skeleton after 200 ms), EmptyState, ErrorState,
 *            Notice and ErrorNotice (a sentence that stays), notify (a message that passes), ConnectionBar
 * Words      StatusWord (icon and word), TimeText and DateText (exact on hover), KeyHint, KeysHelp (opens by ?)
 * People     PersonAvatar
 * Controls   SavingButton (in place of Mantine's `loading`), Field, DateField, CopyButton, Dialog, ConfirmDialog, LanguageSwitch, ColourSwitch
 * Focus      useInheritedFocus() for what comes in the place of something that had it; useFocusBack() for dialogs
 * Speech     announce() speaks to screen readers; useTitle() names the tab (PageShell does it itself)
 *
 * Prefer a CSS module with a media query to responsive style props (`p={{ base: 8, sm: 16 }}`): each of those makes a
 * style element. Breakpoint of the phone: `@media (max-width: 47.99em)`.
 * Colours in CSS modules: --ink --dim --paper --surface --sunken --hairline --field-line --apricot --apricot-tint and,
 * for tide, good, caution, danger and info: --tide-base --tide-on-base --tide-tint --tide-on-tint --tide-edge.
 */
export { ConfirmDialog } from './ConfirmDialog.tsx'
export { CopyButton } from './CopyButton.tsx'
export { Dialog } from './Dialog.tsx'
export { EmptyState } from './EmptyState.tsx'
export { ErrorState } from './ErrorState.tsx'
export { DateField, Field } from './Field.tsx'
export { FocusPage } from './FocusPage.tsx'
export { KeyHint, KeysHelp, type KeyMeaning } from './KeyHint.tsx'
export { announce } from './live-region.tsx'
export { Loaded } from './Loaded.tsx'
export { Loading } from './Loading.tsx'
export { ErrorNotice, Notice } from './Notice.tsx'
export { notify } from './notify.ts'
export { PageShell } from './PageShell.tsx'
export { Panel } from './Panel.tsx'
export { PersonAvatar } from './PersonAvatar.tsx'
export { languageNames } from './Preferences.tsx'
export { SavingButton } from './SavingButton.tsx'
export { StatusWord, type StatusTone } from './StatusWord.tsx'
export { Step } from './Step.tsx'
export { DateText, TimeText } from './TimeText.tsx'
export { useFocusBack } from './use-focus-back.ts'
export { useInheritedFocus } from './use-inherited-focus.ts'
export { useLate } from './use-late.ts'
export { useTitle } from './use-title.ts'
