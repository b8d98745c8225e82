import Participation
import Testing
import WebUI

struct RequestPaceTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant {
        start.advanced(by: .seconds(seconds))
    }

    @Test func `a request that is there in time is left alone, and so is a silent connection`() {
        var pace = RequestPace()
        #expect(pace.check(at: at(1000), isReading: true) == .rest)
        pace.bytesArrived(at: at(1000))
        #expect(pace.check(at: at(1010), isReading: true) == .wait(until: at(1030)))
        pace.headArrived(isImport: false, at: at(1011))
        pace.bodyArrived(10)
        #expect(pace.awaitsBody)
        pace.endArrived()
        #expect(!pace.awaitsBody && pace.owesAnswer)
        #expect(pace.check(at: at(1031), isReading: true) == .rest)
        pace.answerBegan()
        pace.answerEnded()
        pace.bytesArrived(at: at(1032))
        #expect(pace.check(at: at(1033), isReading: true) == .wait(until: at(1062)))
    }

    @Test func `a head that drips in is late after its first byte, not after its last`() {
        var pace = RequestPace()
        for second in 0..<30 {
            pace.bytesArrived(at: at(second))
            #expect(pace.check(at: at(second), isReading: true) == .wait(until: at(30)))
        }
        #expect(pace.check(at: at(30), isReading: true) == .answer)
    }

    @Test func `a body that drips in is late, whatever came of it`() {
        var pace = RequestPace()
        pace.bytesArrived(at: at(0))
        pace.headArrived(isImport: false, at: at(20))
        for second in 20..<30 { pace.bodyArrived(1_000_000 + second) }
        #expect(pace.check(at: at(29), isReading: true) == .wait(until: at(30)))
        #expect(pace.check(at: at(30), isReading: true) == .fail)
    }

    @Test func `an import goes on while each stretch brings its share`() {
        var pace = RequestPace()
        pace.headArrived(isImport: true, at: at(0))
        pace.bodyArrived(RequestPace.leastBytes * 100)
        #expect(pace.check(at: at(30), isReading: true) == .wait(until: at(60)))
        // What came before does not count again.
        pace.bodyArrived(RequestPace.leastBytes - 1)
        pace.bodyArrived(1)
        #expect(pace.check(at: at(60), isReading: true) == .wait(until: at(90)))
        pace.bodyArrived(RequestPace.leastBytes - 1)
        #expect(pace.check(at: at(90), isReading: true) == .fail)
    }

    @Test func `the share is the one that is asked for`() {
        #expect(RequestPace.leastBytes == 4096 * RequestPace.ordinary.components.seconds)
    }

    @Test func `time in which the program does not read is not the client's`() {
        var pace = RequestPace()
        pace.headArrived(isImport: false, at: at(0))
        #expect(pace.check(at: at(30), isReading: false) == .wait(until: at(60)))
        #expect(pace.check(at: at(60), isReading: true) == .fail)
    }

    @Test(arguments: [false, true])
    func `what is answered already is not waited for`(_ isImport: Bool) {
        var pace = RequestPace()
        pace.headArrived(isImport: isImport, at: at(0))
        pace.answerBegan()
        pace.bodyArrived(RequestPace.leastBytes * 2)
        #expect(pace.check(at: at(30), isReading: false) == .close)
    }

    @Test func `nothing is said into another answer`() {
        var pace = RequestPace()
        pace.headArrived(isImport: false, at: at(0))
        pace.endArrived()
        pace.answerBegan()
        pace.bytesArrived(at: at(5))
        #expect(pace.check(at: at(35), isReading: true) == .close)
        // The library refused what is no HTTP before there was a head.
        var other = RequestPace()
        other.bytesArrived(at: at(0))
        other.answerBegan()
        other.answerEnded()
        #expect(other.check(at: at(30), isReading: true) == .close)
    }
}
