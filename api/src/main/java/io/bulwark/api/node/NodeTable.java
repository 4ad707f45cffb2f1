package io.bulwark.api.node;

import io.bulwark.house.node.Node.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How nodes stand, for people and programs. */
final class NodeTable {
    private NodeTable() {}

    static Map<String, Object> json(Standing standing) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("node", standing.name());
        entry.put("faults", standing.faults());
        entry.put("points", standing.points());
        entry.put("removed", standing.removed());
        return entry;
    }

    static List<String> lines(List<Standing> standings) {
        return standings.stream().map(NodeTable::line).toList();
    }

    private static String line(Standing standing) {
        String faults = standing.faults().entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
        return "  " + standing.name() + ": "
                + (faults.isEmpty() ? "nothing against it" : standing.points() + " points (" + faults + ")")
                + (standing.removed() ? "; by the terms it is to be taken off the list" : "");
    }
}
