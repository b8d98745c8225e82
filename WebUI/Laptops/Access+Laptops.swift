import Participation

extension Access {
    /// Whether the role pairs, removes and takes back laptops.
    var mayKeepLaptops: Bool { role == .admin }

    /// Whether the role exchanges records with other laptops, uses sticks, and decides what
    /// waits for a person.
    var mayExchange: Bool { mayImport }
}
