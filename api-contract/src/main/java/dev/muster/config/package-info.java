/** Configuration registries: schemas, access-controlled views, and the values of every device, wanted and actual. */
@NullMarked
package dev.muster.config;

import org.jspecify.annotations.NullMarked;
