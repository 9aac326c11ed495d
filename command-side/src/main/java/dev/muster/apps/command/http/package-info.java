/** Orders of people about apps and the devices they run on. */
@NullMarked
package dev.muster.apps.command.http;

import org.jspecify.annotations.NullMarked;
