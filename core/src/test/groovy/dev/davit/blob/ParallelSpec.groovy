package dev.davit.blob

import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import spock.lang.Specification
import spock.lang.Timeout

@Timeout(60)
class ParallelSpec extends Specification {

    def 'who is interrupted goes on when all that was begun has cleaned up'() {
        given:
        def begun = new CountDownLatch(2)
        def cleaned = new CopyOnWriteArrayList()
        def seen = []
        def caller = new Thread({
            try {
                Parallel.of(2).map([1, 2]) {
                    try {
                        begun.countDown()
                        new CountDownLatch(1).await()
                    } finally {
                        sleep 50
                        cleaned << it
                    }
                }
            } catch (InterruptedIOException e) {
                seen = cleaned.toSorted() + [e.message, Thread.interrupted()]
            }
        })

        when:
        caller.start()
        begun.await()
        caller.interrupt()
        caller.join()

        then:
        seen == [1, 2, 'interrupted', true]
    }
}
