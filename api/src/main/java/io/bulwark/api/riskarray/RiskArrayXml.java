package io.bulwark.api.riskarray;

import java.io.Writer;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Risk arrays as XML in the sense of SPAN's risk-parameter files: scenarios once, then one array per instrument. Schema: {@code export/risk-arrays-1.xsd}. */
final class RiskArrayXml {
    /** Namespace of the schema. */
    public static final String NAMESPACE = "urn:bulwark:risk-arrays:1";

    private RiskArrayXml() {}

    /** Writes the arrays; the writer stays open. */
    public static void write(RiskArrays arrays, Writer out) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("riskArrays");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("array", arrays.array());
            xml.writeAttribute("table", arrays.table());
            xml.writeAttribute("unit", "0.0001 USD");
            for (RiskArrays.Scenario scenario : arrays.scenarios()) {
                scenario(xml, scenario);
            }
            for (RiskArrays.Row row : arrays.rows()) {
                row(xml, row);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("risk arrays must be writable as XML", e);
        }
    }

    private static void scenario(XMLStreamWriter xml, RiskArrays.Scenario scenario) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeEmptyElement("scenario");
        xml.writeAttribute("number", Integer.toString(scenario.number()));
        xml.writeAttribute("move", scenario.move());
        xml.writeAttribute("movePpm", Long.toString(scenario.movePpm()));
        xml.writeAttribute("shift", Integer.toString(scenario.shift()));
        xml.writeAttribute("volatilityPpm", Long.toString(scenario.volatilityPpm()));
        xml.writeAttribute("coverPpm", Long.toString(scenario.coverPpm()));
    }

    private static void row(XMLStreamWriter xml, RiskArrays.Row row) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("riskArray");
        xml.writeAttribute("number", Integer.toString(row.number()));
        xml.writeAttribute("id", row.id());
        xml.writeAttribute("group", row.group());
        xml.writeAttribute("side", row.side());
        xml.writeAttribute("value", Long.toString(row.value()));
        xml.writeCharacters(row.profits().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        xml.writeEndElement();
    }
}
