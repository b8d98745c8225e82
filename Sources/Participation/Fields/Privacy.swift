/// Who may read a field (rule R15). Every field states one; there is no default.
public enum Privacy: String, Sendable, CaseIterable {
    /// Counts and texts anyone may see, the hall and the info board included.
    case open
    /// For people who log in.
    case member
    /// Names, ages, contacts: the working group alone.
    case personal
    /// Never leaves the store: a passphrase's verifier.
    case secret
}
