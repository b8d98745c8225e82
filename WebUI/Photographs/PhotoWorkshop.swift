public import Foundation
public import Photographs

/// Makes photographs small, upright and silent about where they were taken.
public protocol PhotoWorkshop: Sendable {
    /// Reduces a file that was handed in.
    /// - Throws: ``PhotoRefusal`` for what is no photograph; anything else is a fault of ours.
    func reduce(_ file: URL) async throws -> ReducedPhoto
}
