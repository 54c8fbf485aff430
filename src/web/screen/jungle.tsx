import { Component } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Emotion } from '../generated/graphql';
import { LEAF_SHAPES, plantsOf, type LeafPlace, type Plant } from './plants';

/** A note as a leaf. */
export interface Leaf {
  readonly id: string;
  readonly emotion: Emotion | null;
}

/** Where the higher plants begin, as a part of the width: below the code. */
const TALL_FROM = 0.74;

/** A small jungle that grows a leaf for each note, in the colour of its feeling. Its plants have a fixed number of places for leaves. */
export function Jungle({ leaves, label }: { leaves: readonly Leaf[]; label: string }) {
  const width = useWidth();
  const plants = useMemo(() => plantsOf({ width, tallFrom: width * TALL_FROM, spacing: 8, seed: 7 }), [width]);
  const grown = useGrowth(plants, leaves);
  return (
    <div class="jungle" role="img" aria-label={label}>
      <Thicket width={width} />
      {plants.map((plant, i) => (
        <PlantView key={i} plant={plant} leaves={grown[i] ?? NO_LEAVES} />
      ))}
    </div>
  );
}

const NO_LEAVES: readonly (Leaf | undefined)[] = [];

/** Width of the screen in hundredths of its height. */
function useWidth(): number {
  const measure = (): number => Math.round((innerWidth / innerHeight) * 100);
  const [width, setWidth] = useState(measure);
  useEffect(() => {
    const update = (): void => setWidth(measure());
    addEventListener('resize', update);
    return () => removeEventListener('resize', update);
  }, []);
  return width;
}

/** The leaves of each plant by place. A leaf keeps its place. When all places are taken, a new leaf takes that of the oldest. */
function useGrowth(plants: readonly Plant[], leaves: readonly Leaf[]): readonly (readonly (Leaf | undefined)[])[] {
  const slots = useMemo(() => slotsOf(plants), [plants]);
  const growth = useRef({ slots, next: 0, bySlot: new Map<number, Leaf>(), slotOf: new Map<string, number>() });
  if (growth.current.slots !== slots) growth.current = { slots, next: 0, bySlot: new Map(), slotOf: new Map() };
  const { bySlot, slotOf } = growth.current;
  const ids = new Set(leaves.map(({ id }) => id));
  for (const [id, slot] of slotOf) {
    if (ids.has(id)) continue;
    slotOf.delete(id);
    bySlot.delete(slot);
  }
  for (const leaf of leaves.slice(-slots.length)) {
    let slot = slotOf.get(leaf.id);
    if (slot === undefined) {
      slot = growth.current.next++ % slots.length;
      const oldest = bySlot.get(slot);
      if (oldest) slotOf.delete(oldest.id);
      slotOf.set(leaf.id, slot);
    }
    bySlot.set(slot, leaf);
  }
  const grown = plants.map(({ leaves: places }) => new Array<Leaf | undefined>(places.length).fill(undefined));
  for (const [slot, leaf] of bySlot) {
    const [plant = 0, place = 0] = slots[slot] ?? [];
    const row = grown[plant];
    if (row) row[place] = leaf;
  }
  return grown;
}

/** Places as pairs of plant and leaf, in the order in which they are taken: from below. */
function slotsOf(plants: readonly Plant[]): readonly (readonly [number, number])[] {
  const slots = plants.flatMap(({ leaves }, plant) => leaves.map((_, place) => [plant, place] as const));
  // Some plants are ahead of their neighbours. Multiples of the golden ratio spread evenly.
  const ahead = (plant: number): number => ((plant * 0.618) % 1) * 0.7;
  const turn = ([plant, place]: readonly [number, number]): number =>
    (place + 1) / (plants[plant]?.leaves.length ?? 1) + ahead(plant);
  return slots.sort((a, b) => turn(a) - turn(b));
}

/** Green plants behind those of the notes. They do not change. */
class Thicket extends Component<{ readonly width: number }> {
  override shouldComponentUpdate({ width }: { readonly width: number }): boolean {
    return width !== this.props.width;
  }

  render() {
    const { width } = this.props;
    const plants = plantsOf({ width, tallFrom: width * TALL_FROM, spacing: 4.5, seed: 3 });
    return (
      <svg class="thicket" viewBox={`0 -50 ${width} 50`} preserveAspectRatio="xMidYMax slice">
        {plants.map(({ x, stem, leaves }, i) => (
          <g key={i} transform={`translate(${x.toFixed(1)} 0)`}>
            <path class="stem" d={stem} />
            {leaves.map((place, n) => (
              <path key={n} d={LEAF_SHAPES[place.shape]} transform={transformOf(place)} />
            ))}
          </g>
        ))}
      </svg>
    );
  }
}

const transformOf = ({ x, y, angle, length }: LeafPlace): string =>
  `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${angle.toFixed(1)}) scale(${length.toFixed(2)})`;

interface PlantViewProps {
  readonly plant: Plant;
  readonly leaves: readonly (Leaf | undefined)[];
}

/** A picture of its own, so that a plant that sways is not drawn again. */
class PlantView extends Component<PlantViewProps> {
  override shouldComponentUpdate({ plant, leaves }: PlantViewProps): boolean {
    return plant !== this.props.plant || leaves.some((leaf, i) => !sameLeaf(leaf, this.props.leaves[i]));
  }

  render() {
    const { plant, leaves } = this.props;
    const highest = leaves.reduce((max, leaf, i) => (leaf ? i : max), -1);
    const grown = highest < 0 ? 0 : -(plant.leaves[highest]?.y ?? 0) / plant.height;
    return (
      <svg
        class="plant"
        viewBox={`-10 ${-plant.height - 6} 20 ${plant.height + 6}`}
        style={{ '--x': plant.x.toFixed(1), '--height': (plant.height + 6).toFixed(1) }}
      >
        {grown > 0 && (
          <path class="stem" d={plant.stem} pathLength={1} style={{ strokeDasharray: `${Math.min(1, grown).toFixed(3)} 2` }} />
        )}
        {leaves.map((leaf, i) => {
          const place = plant.leaves[i];
          return (
            leaf &&
            place && (
              <g key={leaf.id} transform={transformOf(place)}>
                <g class={`leaf ${leaf.emotion ?? 'PLAIN'}`}>
                  <path d={LEAF_SHAPES[place.shape]} />
                  <path class="vein" d="M0-.05V-.8" />
                </g>
              </g>
            )
          );
        })}
      </svg>
    );
  }
}

const sameLeaf = (a: Leaf | undefined, b: Leaf | undefined): boolean => a?.id === b?.id && a?.emotion === b?.emotion;
