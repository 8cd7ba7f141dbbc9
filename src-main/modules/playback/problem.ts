/** Why something cannot be heard, as a sentence for people. What else is thrown is a bug or an abort. */
export class Unplayable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Unplayable'
  }
}
