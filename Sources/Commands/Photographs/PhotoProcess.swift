import CImageCodecs
import Dispatch
import Foundation
import Glibc
import Photographs
import WebUI

/// Reduces photographs in a process of its own each, one after the other: decoders are large and
/// pictures come from anywhere, so what a hostile one can reach is a process that may do nothing,
/// and what a large one needs is bounded and given back.
struct PhotoProcess: PhotoWorkshop {
    private static let queue = DispatchQueue(label: "ashar.photographs", qos: .utility)

    /// The program that is run.
    var program = "/proc/self/exe"
    /// Seconds after which it is ended.
    var seconds = PhotoLimits.seconds

    func reduce(_ file: URL) async throws -> ReducedPhoto {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async {
                continuation.resume(with: Result { try answer(to: file) })
            }
        }
    }

    private func answer(to file: URL) throws -> ReducedPhoto {
        let input = open(file.path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw PhotoRefusal.empty }
        defer { close(input) }
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Fault.notStarted(errno) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try spawn(input: input, output: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        let (bytes, isWhole) = Self.read(ends[0], seconds: seconds)
        close(ends[0])
        // Its number is its own until it has been waited for.
        if !isWhole { kill(child, SIGKILL) }
        guard Self.wait(for: child) == 0, isWhole else {
            // Ended by a limit, or by what it was reading.
            throw isWhole ? PhotoRefusal.damaged : .tooManyPixels
        }
        return try PhotoAnswer.read(bytes)
    }

    /// How often it is looked whether it has ended, once it has said all: some five seconds.
    private static let farewellSteps = 70

    /// Starts the program with two files and nothing else of this one.
    private func spawn(input: Int32, output: Int32) throws -> pid_t {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&files, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ["ashar", ReducePhotoCommand.name]
        let arguments = words.map { (word: String) in strdup(word) }
        defer { for argument in arguments { free(argument) } }
        let environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var child: pid_t = 0
        let outcome = posix_spawn(
            &child, program, &files, &attributes, arguments + [nil], environment)
        guard outcome == 0 else { throw Fault.notStarted(outcome) }
        return child
    }

    /// Reads to the end, or until there is too much or it took too long.
    private static func read(_ output: Int32, seconds: Int) -> ([UInt8], isWhole: Bool) {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= PhotoAnswer.mostBytes {
            let left = clock.now.duration(to: end).components.seconds
            guard left >= 0 else { return (bytes, false) }
            var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, Int32(left + 1) * 1000)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return (bytes, false) }
            let count = Glibc.read(output, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return (bytes, false) }
            if count == 0 { return (bytes, true) }
            bytes += part[..<count]
        }
        return (bytes, false)
    }

    /// How it ended: nought where all was well. One that closed its output and does not end is
    /// ended: the next photograph waits for it.
    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        for attempt in 0..<farewellSteps {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            guard ended == 0 || errno == EINTR else { return -1 }
            usleep(
                attempt < 20 ? 5000 : 100_000)
        }
        kill(child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return -1
    }

    /// The program could not be run.
    enum Fault: Error {
        case notStarted(Int32)
    }
}
