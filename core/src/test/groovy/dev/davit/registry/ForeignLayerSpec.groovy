package dev.davit.registry

import dev.davit.auth.Credentials
import dev.davit.auth.Keychain
import dev.davit.image.Image

/** Layers that a registry does not hold, and that their owner serves. */
class ForeignLayerSpec extends ClientSpecification {

    static final LAYER = Samples.layer(5000, 1)

    Front vendor = new Front()

    void cleanup() {
        vendor.close()
    }

    private Image image(List<String> urls) {
        Samples.image([LAYER]).withManifest { tree -> tree.set(tree.list('layers').collect {
            it + [mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar', urls: urls]
        }, 'layers') }
    }

    private Image pulled(List<String> urls, RegistryClient client) {
        def name = tagged(fresh())
        client.put(name, image(urls))
        exchanges.clear()
        client.get(name) as Image
    }

    private void serve() {
        vendor.fault('GET', '/gone') { Front.answer(it, 404) }
        vendor.fault('GET', '/layer', 9) { exchange ->
            exchange.sendResponseHeaders(200, 5000)
            exchange.responseBody.write(LAYER.blob().bytes())
        }
    }

    def 'come from their owner where the registry does not have them, without credentials'() {
        given:
        serve()
        def client = client {
            insecure(vendor.host).keychain(Keychain.of(vendor.host, Credentials.of('ann', 'secret')))
        }
        def pulled = pulled(["http://$vendor.host/gone", "http://$vendor.host/layer"], client)

        expect:
        pulled.layers()[0].blob().bytes() == LAYER.blob().bytes()
        asked()*.replaceFirst(/.*\//, '') == ['x', "${pulled.configDescriptor().digest()}", "${LAYER.digest()}", 'gone', 'layer']*.toString()
        vendor.authorizations.every { it == null }

        cleanup:
        client.close()
    }

    def 'come from the registry where it has them'() {
        given:
        def name = tagged(fresh())
        client { foreignLayers() }.withCloseable { it.put(name, image(["http://$vendor.host/layer"])) }

        expect:
        (client.get(name) as Image).layers()[0].blob().bytes() == LAYER.blob().bytes()
        vendor.requests == []
    }

    def 'are not fetched by plain HTTP unless that was asked for'() {
        when:
        pulled(["http://$vendor.host/layer", 'file:///etc/passwd'], client).layers()[0].blob().bytes()

        then:
        def e = thrown(IOException)
        e.message.contains('404 BLOB_UNKNOWN')
        e.message.endsWith("; GET http://$vendor.host/layer: not sent, as it is not HTTPS; GET file:///etc/passwd: not sent, as it is not HTTPS")
        vendor.requests == []
    }

    def 'are refused where they are not what their digest says'() {
        given:
        vendor.fault('GET', '/layer') { Front.answer(it, 200, 'x' * 5000) }
        def client = client { insecure(vendor.host) }

        when:
        pulled(["http://$vendor.host/layer"], client).layers()[0].blob().bytes()

        then:
        def e = thrown(IOException)
        e.message.contains("blob ${LAYER.digest()} has other content than its digest says")

        cleanup:
        client.close()
    }

    def 'are pushed, where that is wanted, from their owner to the registry'() {
        given:
        serve()
        def client = client { insecure(vendor.host).foreignLayers() }
        def (name, other) = [tagged(fresh()), tagged(fresh())]
        this.client.put(name, image(["http://$vendor.host/layer"]))

        when:
        client.put(other, client.get(name))

        then:
        client.exists(other.repository(), LAYER.digest())

        cleanup:
        client.close()
    }
}
