package dev.davit.registry

import dev.davit.image.Image
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup
import spock.lang.Timeout

/** How often, and how much at once, a host is asked. */
@Timeout(60)
class LimitSpec extends ClientSpecification {

    @AutoCleanup Front front = new Front(registry.host)

    def 'no more requests begin in a second than said, and another host does not wait'() {
        given:
        def limited = client { host(front.host) { it.requestsPerSecond(10) } }

        when:
        long start = System.nanoTime()
        20.times { limited.ping(registry.host) }
        long other = System.nanoTime()
        6.times { limited.ping(front.host) }
        long end = System.nanoTime()

        then:
        end - other >= TimeUnit.MILLISECONDS.toNanos(500)
        other - start < TimeUnit.MILLISECONDS.toNanos(2000)

        cleanup:
        limited.close()
    }

    def 'no more than so many requests run at once'() {
        given:
        def (running, most) = [new AtomicInteger(), new AtomicInteger()]
        front.rule { exchange ->
            most.accumulateAndGet(running.incrementAndGet(), Math::max)
            Thread.sleep(20)
            running.decrementAndGet()
            false
        }
        def limited = client { parallel(8).host(front.host) { it.parallel(2) } }

        when:
        limited.put(tagged(fresh(front.host)), Samples.image((1..12).collect { Samples.layer(2000, it) }))

        then:
        most.get() == 2

        cleanup:
        limited.close()
    }

    def 'a download counts until its end'() {
        given:
        def name = tagged(fresh(front.host))
        client.put(name, Samples.image([Samples.layer(5_000_000, 1), Samples.layer(5_000_000, 2)]))
        def limited = client { host(front.host) { it.parallel(1) } }
        def layers = (limited.get(name) as Image).layers()*.blob()
        def first = layers[0].open()
        def second = CompletableFuture.supplyAsync { layers[1].bytes() }

        when:
        10.times { first.readNBytes(1000); Thread.sleep(20) }

        then:
        !second.done

        when:
        first.close()

        then:
        second.get().length == 5_000_000

        cleanup:
        limited.close()
    }

    def 'who holds a download open without reading it stops nobody'() {
        given:
        def name = tagged(fresh(front.host))
        client.put(name, Samples.image([Samples.layer(5_000_000, 1), Samples.layer(5_000_000, 2)]))
        def limited = client { host(front.host) { it.parallel(1) } }
        def layers = (limited.get(name) as Image).layers()*.blob()
        def first = layers[0].open()

        expect:
        layers[1].bytes().length == 5_000_000
        CompletableFuture.supplyAsync { layers[1].bytes() }.get().length == 5_000_000
        first.readAllBytes().length == 5_000_000

        cleanup:
        limited.close()
    }

    def 'a copy within a registry, and between two both ways, needs one turn only'() {
        given:
        def other = new Front(registry.host)
        def limited = client { host(front.host) { it.parallel(1) }.host(other.host) { it.parallel(1) } }
        def (a, b) = [tagged(fresh(front.host)), tagged(fresh(other.host))]
        client.put(a, Samples.image([Samples.layer(3_000_000, 1), Samples.layer(3_000_000, 2)]))
        client.put(b, Samples.image([Samples.layer(3_000_000, 3), Samples.layer(3_000_000, 4)]))

        when:
        def there = CompletableFuture.runAsync { limited.put(tagged(fresh(other.host)), limited.get(a)) }
        def back = CompletableFuture.runAsync { limited.put(tagged(fresh(front.host)), limited.get(b)) }
        front.fault('POST', 'mount=', 9) { Front.answer(it, 405) }
        limited.put(tagged(fresh(front.host)), limited.get(a))

        then:
        there.get() == null
        back.get() == null

        cleanup:
        limited.close()
        other.close()
    }
}
