package dev.davit.policy;

import dev.davit.blob.Legible;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Verdicts in the XML that JUnit's runners write and build servers read: a suite for each artifact, a case for each rule. */
public final class JUnitReport {

    private final Map<String, Verdict> suites = new LinkedHashMap<>();

    /** Adds what was found about an artifact. @param name what the report calls it */
    public void add(String name, Verdict verdict) {
        suites.merge(name, verdict, (before, more) ->
                new Verdict(Stream.concat(before.results().stream(), more.results().stream()).toList()));
    }

    /** Writes the report as UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, Verdict> suite : suites.entrySet()) {
                write(suite.getKey(), suite.getValue(), xml);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write the report: " + e.getMessage(), e);
        }
    }

    private static void write(String name, Verdict verdict, XMLStreamWriter xml) throws XMLStreamException {
        start(xml, 1, "testsuite");
        xml.writeAttribute("name", Legible.text(name));
        xml.writeAttribute("tests", String.valueOf(verdict.results().size()));
        xml.writeAttribute("failures", String.valueOf(
                verdict.results().stream().filter(result -> !result.findings().isEmpty()).count()));
        for (Verdict.Result result : verdict.results()) {
            start(xml, 2, "testcase");
            xml.writeAttribute("classname", result.image());
            xml.writeAttribute("name", Legible.text(result.rule()));
            if (!result.findings().isEmpty()) {
                start(xml, 3, "failure");
                xml.writeAttribute("message", result.findings().get(0).toString());
                xml.writeCharacters(String.join("\n", result.findings().stream().map(Object::toString).toList()));
                xml.writeEndElement();
                xml.writeCharacters("\n" + "  ".repeat(2));
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, int depth, String element) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(element);
    }
}
