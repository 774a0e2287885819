// What a member sends who fills in a modal of the stand-in for Discord.
import type { Json } from './discord-stand-in-world.js';

/**
 * @param values by the custom_id of a field: text, the value of an option, the values of all boxes that are ticked
 *   joined by commas, or an id; what is left out stays as it is shown
 * @throws Error where Discord's own modal would not let it go: too few or too many boxes, no such box
 */
export const filled = (components: readonly Json[], values: Readonly<Record<string, string>>): readonly Json[] =>
  components.map(({ type, component }) => {
    // Text comes back as a component without an id of its own.
    if (type === 10) return { type, id: 3 };
    const given = values[component.custom_id];
    const own = { type: component.type, id: 2, custom_id: component.custom_id, ...stateOf(component, given) };
    return { type: 18, id: 1, component: own };
  });

function stateOf(component: Json, given: string | undefined): Json {
  if (component.type === 4) return { value: given ?? component.value ?? '' };
  if (component.type === 22) return { values: ticked(component, given) };
  const chosen = component.options?.find((one: Json) => one.default)?.value ?? component.default_values?.[0]?.id;
  const value = given ?? chosen;
  return { values: value === undefined ? [] : [value] };
}

function ticked({ custom_id, options, min_values, max_values }: Json, given: string | undefined): readonly string[] {
  const shown = options.filter((one: Json) => one.default).map(({ value }: Json) => value);
  const values: string[] = given === undefined ? shown : given.split(',').filter((value) => value !== '');
  const least = min_values ?? 1;
  if (values.length < least || values.length > (max_values ?? options.length)) {
    throw new Error(`${values.length} boxes are ticked in ${custom_id}`);
  }
  for (const value of values) {
    if (!options.some((one: Json) => one.value === value)) throw new Error(`${custom_id} has no box ${value}`);
  }
  return values;
}
