package io.bulwark.research.volatility;

import io.bulwark.netting.forecast.GrownTree;
import io.bulwark.netting.forecast.TreeShape;
import io.bulwark.netting.forecast.TreeTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * Regression trees by Tribuo's CART: exhaustive search over the bins, all features, mean squared error. It draws nothing at random and runs in the calling thread.
 *
 * <p>Bins are shown as 1, 2, … because a sparse example drops zeros; a threshold of Tribuo lies between two of them.
 */
final class TribuoTrees implements TreeTrainer {
    private static final String TARGET = "y";
    private static final String SOURCE = "variance history";

    @Override
    public String name() {
        return "Tribuo 4.3.2 CART";
    }

    @Override
    public Grower over(List<int[]> bins, TreeShape shape) {
        int width = bins.getFirst().length;
        String[] names = IntStream.range(0, width)
                .mapToObj(k -> String.format(Locale.ROOT, "%03d", k))
                .toArray(String[]::new);
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> examples =
                new MutableDataset<>(new SimpleDataSourceProvenance(SOURCE, factory), factory);
        List<Regressor> targets =
                bins.stream().map(row -> new Regressor(TARGET, 0)).toList();
        for (int i = 0; i < bins.size(); i++) {
            double[] shown =
                    Arrays.stream(bins.get(i)).mapToDouble(bin -> bin + 1).toArray();
            examples.add(new ArrayExample<>(targets.get(i), names, shown));
        }
        CARTRegressionTrainer cart = new CARTRegressionTrainer(
                shape.depth(), shape.leafDays(), 0f, 1f, false, new MeanSquaredError(), shape.seed());
        return target -> grow(cart, examples, targets, target);
    }

    /** The examples stay; only what is asked of them is new. A Regressor gives its own array of values. */
    private static GrownTree grow(
            CARTRegressionTrainer cart, MutableDataset<Regressor> examples, List<Regressor> targets, double[] target) {
        for (int i = 0; i < target.length; i++) {
            targets.get(i).getValues()[0] = target[i];
        }
        return switch (cart.train(examples)) {
            case IndependentRegressionTreeModel model -> tree(root(model.getRoots()));
            default -> throw new IllegalStateException("one target must give one tree a dimension");
        };
    }

    private static Node<Regressor> root(Map<String, Node<Regressor>> roots) {
        Node<Regressor> root = roots.get(TARGET);
        if (root == null) {
            throw new IllegalStateException("a trained model must have a tree for its target; have " + roots.keySet());
        }
        return root;
    }

    private static GrownTree tree(Node<Regressor> node) {
        return switch (node) {
            case LeafNode<Regressor> leaf -> new GrownTree.Leaf(leaf.getOutput().getValues()[0]);
            case SplitNode<Regressor> split ->
                new GrownTree.Split(
                        split.getFeatureID(),
                        (int) Math.floor(split.splitValue()) - 1,
                        tree(split.getLessThanOrEqual()),
                        tree(split.getGreaterThan()));
            default -> throw new IllegalStateException("a tree must be splits and leaves; have " + node.getClass());
        };
    }
}
