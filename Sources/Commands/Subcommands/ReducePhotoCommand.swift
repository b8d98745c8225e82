import ArgumentParser
import Foundation
import Photographs

/// What the program runs itself with for each photograph: a file comes in, the small upright JPEG
/// goes out, and nothing else can be reached from there.
struct ReducePhotoCommand: ParsableCommand {
    static let name = "reduce-photo"
    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Make a photograph smaller, from input to output.",
        shouldDisplay: false)

    func run() throws {
        nice(10)
        guard PhotoAnswer.confine() else {
            throw CommandFailure(message: "The process could not be confined.")
        }
        let file = try Self.read(limit: PhotoLimits.uploadBytes + 1)
        try Self.write(PhotoAnswer.bytes(for: file))
    }

    private static func read(limit: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let room = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let done = Foundation.read(STDIN_FILENO, room.baseAddress, room.count)
                if done < 0, errno == EINTR { continue }
                guard done >= 0 else { throw CommandFailure(message: "The input failed.") }
                if done == 0 { return }
                count += done
            }
        }
    }

    private static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let part = UnsafeRawBufferPointer(rebasing: buffer[done...])
                let count = Foundation.write(STDOUT_FILENO, part.baseAddress, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw CommandFailure(message: "The output failed.") }
                done += count
            }
        }
    }
}
