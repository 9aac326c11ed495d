/** What is kept of devices beside the views: when they were last heard. */
@NullMarked
package dev.muster.registry.view;

import org.jspecify.annotations.NullMarked;
