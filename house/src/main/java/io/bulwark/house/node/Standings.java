package io.bulwark.house.node;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.house.node.Node.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What evidence against nodes comes to by the terms of their list. */
final class Standings {
    private Standings() {}

    static List<Standing> of(NodeList nodes, List<Evidence> evidence) {
        List<Standing> standings = new ArrayList<>();
        for (Digest node : nodes.keys()) {
            SortedMap<String, Integer> faults = new TreeMap<>();
            int points = 0;
            for (Fault fault : Fault.values()) {
                int times = (int) evidence.stream()
                        .filter(e -> e.accused().equals(node) && e.fault() == fault)
                        .map(e -> e.turn().epoch())
                        .distinct()
                        .count();
                if (times > 0) {
                    faults.put(fault.word(), times);
                    points = Math.addExact(
                            points, Math.multiplyExact(times, nodes.terms().of(fault)));
                }
            }
            standings.add(new Standing(
                    nodes.name(node), faults, points, points >= nodes.terms().removalAt()));
        }
        return standings;
    }
}
