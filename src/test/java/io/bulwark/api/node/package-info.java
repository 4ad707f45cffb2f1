/** A node that lies, for the journeys of nodes: it stands beside the node's own door, so that its honest part is the program's. */
@NullMarked
package io.bulwark.api.node;

import org.jspecify.annotations.NullMarked;
