import type { ChatMessage, ConsultNews, ConsultRequests } from '#shared/consult.ts'
import type { ParticipantId, RecordId } from '#shared/ids.ts'
import type { SendRequest, TicketSocket } from '../../platform/socket.ts'
import { journal } from '../../platform/journal.ts'
import { newKey } from '../../platform/key.ts'

/** What somebody wrote. `sending` and `failed` are our own that the server has not confirmed. */
export interface ChatLine {
  readonly key: string
  readonly from: ParticipantId | 'self'
  readonly at: number
  readonly text: string
  readonly state: 'sent' | 'sending' | 'failed'
}

export interface ChatState {
  readonly lines: readonly ChatLine[]
  /** Messages of others that came while the chat was not looked at. */
  readonly unread: number
}

interface Needs {
  request: SendRequest<ConsultRequests>
  onNews: TicketSocket<ConsultRequests, ConsultNews>['on']
  changed: (state: ChatState, arrived: readonly ChatMessage[]) => void
  now: () => number
}

/** The messages of a consult, in order, each once; what could not be sent stays to be sent again. */
export class ChatLog {
  readonly #needs: Needs
  readonly #removers: (() => void)[]
  #messages: ChatMessage[] = []
  #own: ChatLine[] = []
  #last: RecordId | null = null
  #self: ParticipantId | null = null
  #unread = 0
  #watched = false
  #loaded = false
  #loading: Promise<void> | null = null
  #loadAgain = false

  constructor(needs: Needs) {
    this.#needs = needs
    this.#removers = [
      needs.onNews('chat:posted', () => {
        this.load()
      }),
    ]
  }

  get state(): ChatState {
    const sent = this.#messages.map((message): ChatLine => ({
      key: message.id,
      from: message.from === this.#self ? 'self' : message.from,
      at: message.at,
      text: message.text,
      state: 'sent',
    }))
    return { lines: [...sent, ...this.#own], unread: this.#unread }
  }

  /** Who we are in this consult; known with the first view. */
  is(self: ParticipantId): void {
    this.#self = self
  }

  /** True while the chat is in sight: what arrives then is read. */
  watch(watched: boolean): void {
    this.#watched = watched
    if (!watched || this.#unread === 0) return
    this.#unread = 0
    this.#changed([])
  }

  /** Fetches what is new. Calls while one is under way become one more. */
  load(): void {
    if (this.#loading) {
      this.#loadAgain = true
      return
    }
    this.#loading = this.#fetch().finally(() => {
      this.#loading = null
      if (!this.#loadAgain) return
      this.#loadAgain = false
      this.load()
    })
  }

  send(text: string): void {
    const line: ChatLine = { key: newKey(), from: 'self', at: this.#needs.now(), text, state: 'sending' }
    this.#own = [...this.#own, line]
    this.#changed([])
    void this.#post(line)
  }

  /** Sends a line again that failed; the server takes it only once. */
  sendAgain(key: string): void {
    const line = this.#own.find((own) => own.key === key && own.state === 'failed')
    if (!line) return
    this.#mark(key, 'sending')
    this.#changed([])
    void this.#post(line)
  }

  close(): void {
    for (const remove of this.#removers) remove()
  }

  async #post(line: ChatLine): Promise<void> {
    try {
      const message = await this.#needs.request('chat:post', { text: line.text, idempotencyKey: line.key })
      this.#own = this.#own.filter((own) => own.key !== line.key)
      this.#add([message])
    } catch (error) {
      journal('A message was not sent:', error)
      this.#mark(line.key, 'failed')
      this.#changed([])
    }
  }

  async #fetch(): Promise<void> {
    try {
      const { messages } = await this.#needs.request('chat:list', { after: this.#last })
      this.#last = messages.at(-1)?.id ?? this.#last
      this.#add(messages)
      this.#loaded = true
    } catch (error) {
      journal('The chat could not be read; the next message or return tries again:', error)
    }
  }

  #add(messages: readonly ChatMessage[]): void {
    const known = new Set(this.#messages.map((message) => message.id))
    const fresh = messages.filter((message) => !known.has(message.id))
    if (fresh.length === 0) {
      if (messages.length > 0) this.#changed([])
      return
    }
    // Ids are made in the order of time.
    this.#messages = [...this.#messages, ...fresh].sort((a, b) => (a.id < b.id ? -1 : 1))
    const others = fresh.filter((message) => message.from !== this.#self)
    // What was there before this page was opened is not news.
    const arrived = this.#loaded ? others : []
    if (!this.#watched) this.#unread += arrived.length
    this.#changed(arrived)
  }

  #mark(key: string, state: ChatLine['state']): void {
    this.#own = this.#own.map((own) => (own.key === key ? { ...own, state } : own))
  }

  #changed(arrived: readonly ChatMessage[]): void {
    this.#needs.changed(this.state, arrived)
  }
}
