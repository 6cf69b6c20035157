/** The phone's bar: Home, Scan (large), Search, More. */
import { Drawer } from "@mantine/core";
import { IconBarcode, IconDots, IconHome, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { pb } from "@/lib/paths";
import classes from "./BottomBar.module.css";
import { isCurrent, PLACES, SUBPLACES } from "./nav";

export function BottomBar({ path, onSearch }: { path: string; onSearch: () => void }) {
  const [more, setMore] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the drawer
  useEffect(() => setMore(false), [path]);
  return (
    <nav className={classes.bar} aria-label="Phone">
      <Link to={pb.home()} className={classes.item} aria-current={path === "/" ? "page" : undefined}>
        <IconHome size={22} stroke={1.5} aria-hidden="true" />
        Home
      </Link>
      <Link to={pb.scan()} className={classes.scan} aria-current={path === "/scan" ? "page" : undefined}>
        <IconBarcode size={28} stroke={1.5} aria-hidden="true" />
        Scan
      </Link>
      <button type="button" className={classes.item} onClick={onSearch}>
        <IconSearch size={22} stroke={1.5} aria-hidden="true" />
        Search
      </button>
      <button type="button" className={classes.item} onClick={() => setMore(true)} aria-expanded={more}>
        <IconDots size={22} stroke={1.5} aria-hidden="true" />
        More
      </button>
      <Drawer
        opened={more}
        onClose={() => setMore(false)}
        position="bottom"
        size="80%"
        title="Go to"
        closeButtonProps={{ "aria-label": "Close" }}
        classNames={{ content: classes.sheet, title: classes.title }}
      >
        <ul className={classes.places}>
          {PLACES.map((place) => (
            <li key={place.to}>
              <Link to={place.to} aria-current={isCurrent(place, path) ? "page" : undefined}>
                <place.icon size={20} stroke={1.5} aria-hidden="true" />
                {place.label}
              </Link>
            </li>
          ))}
        </ul>
        <ul className={classes.sub}>
          {SUBPLACES.map((place) => (
            <li key={place.to}>
              <Link to={place.to}>{place.label}</Link>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}
