import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Writes down what ships of others, from bills of materials in CycloneDX's XML: name, version, licences. Exits with 1 where a licence is
 * none of those that may ship.
 */
final class ThirdParty {
    private static final String OURS = "io.bulwark";

    private final Properties allowed = new Properties();
    private final List<String> refused = new ArrayList<>();

    private ThirdParty() {}

    /** Arguments: root of the repository, then a title and a bill of materials, again and again. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        ThirdParty all = new ThirdParty();
        try (var file = Files.newBufferedReader(root.resolve("src/launcher/licences.properties"))) {
            all.allowed.load(file);
        }
        StringBuilder page = new StringBuilder("""
                # What ships of others

                Made by `./bulwark dev sbom` from the bills of materials in `api/target/sbom` (CycloneDX). Scanners of known
                vulnerabilities read these; no list of vulnerabilities is kept here, since one that is pinned today is out of date
                tomorrow. Licences by SPDX; of several one may be chosen. `src/launcher/licences.properties` says which may ship;
                `ThirdPartyTest` holds this page to the program's class path.
                """);
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            page.append("\n## ").append(arguments[i]).append("\n| name | version | licence |\n|---|---|---|\n");
            all.components(Path.of(arguments[i + 1])).forEach((name, licence) -> page.append("| ")
                    .append(name.replace(" ", " | "))
                    .append(" | ")
                    .append(licence)
                    .append(" |\n"));
        }
        page.append("\n## The pages (JavaScript)\n| name | version | licence |\n|---|---|---|\n");
        for (String unpacked : all.unpacked(root)) {
            page.append("| ").append(unpacked.replace(" ", " | ")).append(" | ").append(all.ships(unpacked)).append(" |\n");
        }
        Files.writeString(root.resolve("docs/reference/third-party.md"), page, StandardCharsets.UTF_8);
        all.refused.forEach(line -> System.err.println("bulwark: " + line));
        System.exit(all.refused.isEmpty() ? 0 : 1);
    }

    /** Name and version of what modules unpack beside a page: no library of the class path, so no bill names it. */
    private SortedSet<String> unpacked(Path root) throws Exception {
        Map<String, String> versions = new HashMap<>();
        NodeList managed = read(root.resolve("pom.xml")).getElementsByTagNameNS("*", "dependency");
        for (int i = 0; i < managed.getLength(); i++) {
            Element one = (Element) managed.item(i);
            versions.put(text(one, "groupId") + ":" + text(one, "artifactId"), text(one, "version"));
        }
        SortedSet<String> unpacked = new TreeSet<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path pom : modules.map(module -> module.resolve("pom.xml")).filter(Files::exists).toList()) {
                NodeList items = read(pom).getElementsByTagNameNS("*", "artifactItem");
                for (int i = 0; i < items.getLength(); i++) {
                    Element item = (Element) items.item(i);
                    String version = versions.get(text(item, "groupId") + ":" + text(item, "artifactId"));
                    if (version != null && text(item, "groupId").equals("org.webjars")) {
                        unpacked.add(text(item, "artifactId") + " " + version);
                    }
                }
            }
        }
        return unpacked;
    }

    private String ships(String unpacked) {
        String licence = allowed.getProperty("of." + unpacked.substring(0, unpacked.indexOf(' ')), "unknown");
        if (!"ships".equals(allowed.getProperty(licence))) {
            refused.add(unpacked + ": its licence must be one that may ship (src/launcher/licences.properties); have " + licence);
        }
        return licence;
    }

    private static Element read(Path xml) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultNSInstance();
        parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return parsers.newDocumentBuilder().parse(xml.toFile()).getDocumentElement();
    }

    private SortedMap<String, String> components(Path bill) throws Exception {
        Element document = read(bill);
        SortedMap<String, String> components = new TreeMap<>();
        for (Element list : children(document, "components")) {
            for (Element component : children(list, "component")) {
                String group = text(component, "group");
                if (group.equals(OURS)) {
                    continue;
                }
                String name = (group.isEmpty() ? "" : group + ":") + text(component, "name") + " " + text(component, "version");
                components.put(name, licences(name, component));
            }
        }
        return components;
    }

    private String licences(String name, Element component) {
        String read = allowed.getProperty("of." + name.substring(0, name.indexOf(' ')).replace(':', '/'), "");
        List<String> found = new ArrayList<>(read.isEmpty() ? List.of() : List.of(read));
        for (Element list : children(component, "licenses")) {
            children(list, "license").forEach(licence -> found.add(spdx(licence)));
            children(list, "expression").forEach(expression -> found.add(expression.getTextContent().strip()));
        }
        if (found.isEmpty()) {
            for (Element evidence : children(component, "evidence")) {
                for (Element list : children(evidence, "licenses")) {
                    children(list, "license").forEach(licence -> found.add(spdx(licence)));
                }
            }
        }
        if (found.isEmpty()) {
            found.add("unknown");
        }
        if (found.stream().noneMatch(licence -> "ships".equals(allowed.getProperty(licence.replace(' ', '_'))))) {
            refused.add(name + ": its licence must be one that may ship (src/launcher/licences.properties); have " + found);
        }
        return found.stream().distinct().sorted().collect(Collectors.joining(", "));
    }

    private String spdx(Element licence) {
        String id = text(licence, "id");
        String name = text(licence, "name");
        return id.isEmpty() ? allowed.getProperty("named." + name.replace(' ', '_'), name) : id;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
