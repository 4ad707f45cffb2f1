/** A head that a node forges, for the journeys of nodes: it is written as the node itself would keep it. */
@NullMarked
package io.bulwark.house.node;

import org.jspecify.annotations.NullMarked;
