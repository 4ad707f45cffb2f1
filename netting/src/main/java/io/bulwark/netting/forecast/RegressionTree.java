package io.bulwark.netting.forecast;

import static io.bulwark.clearing.document.CanonicalValue.array;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A regression tree in integers: features of 10⁻⁶, answers of 10⁻⁹. A child stands after its parent, so every walk ends.
 *
 * @param nodes the root first
 */
record RegressionTree(List<Node> nodes) {
    /** Nodes of one tree at most. */
    static final int NODES_MAX = 127;

    private static final int LEAF = -1;

    /** One node. */
    public sealed interface Node {}

    /**
     * An answer.
     *
     * @param nano answer, 10⁻⁹
     */
    public record Leaf(long nano) implements Node {}

    /**
     * A question.
     *
     * @param feature column, from 0
     * @param threshold a feature at or below it goes to {@code lower}, 10⁻⁶
     * @param lower number of a later node
     * @param upper number of a later node
     */
    public record Split(int feature, long threshold, int lower, int upper) implements Node {}

    /** Checks that every walk ends at a leaf. */
    public RegressionTree {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > NODES_MAX) {
            throw new IllegalArgumentException("a tree must have 1 to " + NODES_MAX + " nodes; have " + nodes.size());
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Split split) {
                requireSplit(split, i, nodes.size());
            }
        }
    }

    private static void requireSplit(Split split, int number, int size) {
        if (split.feature() < 0 || split.feature() >= Features.NAMES.size()) {
            throw new IllegalArgumentException("node " + number + " must ask for one of " + Features.NAMES.size()
                    + " features; have " + split.feature());
        }
        if (Math.min(split.lower(), split.upper()) <= number || Math.max(split.lower(), split.upper()) >= size) {
            throw new IllegalArgumentException("children of node " + number + " must stand after it, before " + size
                    + "; have " + split.lower() + " and " + split.upper());
        }
    }

    /**
     * A grown tree with its bins as thresholds and its answers shrunk and rounded half to even.
     *
     * @param edges upper edges of the bins a feature, 10⁻⁶
     * @param rate what an answer is multiplied by
     */
    static RegressionTree of(GrownTree grown, List<long[]> edges, double rate) {
        List<Node> nodes = new ArrayList<>();
        append(grown, edges, rate, nodes);
        return new RegressionTree(nodes);
    }

    private static int append(GrownTree grown, List<long[]> edges, double rate, List<Node> nodes) {
        int number = nodes.size();
        switch (grown) {
            case GrownTree.Leaf leaf -> nodes.add(new Leaf((long) Math.rint(leaf.mean() * rate * ForecastModel.NANO)));
            case GrownTree.Split split -> {
                nodes.add(new Leaf(0));
                int lower = append(split.lower(), edges, rate, nodes);
                int upper = append(split.upper(), edges, rate, nodes);
                nodes.set(number, new Split(split.feature(), edges.get(split.feature())[split.bin()], lower, upper));
            }
        }
        return number;
    }

    /** The answer to one row of features, 10⁻⁹. */
    public long evaluate(long[] features) {
        Node node = nodes.getFirst();
        while (node instanceof Split split) {
            node = nodes.get(features[split.feature()] <= split.threshold() ? split.lower() : split.upper());
        }
        return switch (node) {
            case Leaf leaf -> leaf.nano();
            case Split split -> throw new IllegalStateException("a walk must end at a leaf; have " + split);
        };
    }

    /** An array of nodes [feature, threshold, lower, upper, answer]; a leaf has feature −1 and zeros. */
    CanonicalValue canonical() {
        return array(nodes.stream().map(RegressionTree::canonical).toList());
    }

    private static CanonicalValue canonical(Node node) {
        return switch (node) {
            case Leaf leaf -> numbers(LEAF, 0, 0, 0, leaf.nano());
            case Split split -> numbers(split.feature(), split.threshold(), split.lower(), split.upper(), 0);
        };
    }

    private static CanonicalValue numbers(long... numbers) {
        return array(Arrays.stream(numbers).mapToObj(CanonicalValue::integer).toList());
    }

    static RegressionTree of(CanonicalValue tree) {
        return new RegressionTree(CanonicalFields.of("trees", array(tree)).list("tree", RegressionTree::node));
    }

    private static Node node(CanonicalFields fields) {
        int feature = (int) fields.integer("feature", LEAF, Features.NAMES.size() - 1);
        long most = feature == LEAF ? 0 : NODES_MAX;
        long threshold = feature == LEAF ? fields.integer("threshold", 0, 0) : fields.integer("threshold");
        int lower = (int) fields.integer("lower", 0, most);
        int upper = (int) fields.integer("upper", 0, most);
        long answer = feature == LEAF ? fields.integer("answer") : fields.integer("answer", 0, 0);
        return feature == LEAF ? new Leaf(answer) : new Split(feature, threshold, lower, upper);
    }
}
