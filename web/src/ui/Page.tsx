/** The frame of one page: title, subtitle, main action top right, then its content and perhaps an aside. */
import { useEffect } from "react";
import classes from "./Page.module.css";

interface Props {
  /** The text of the browser's tab; the heading too unless `heading` says otherwise. */
  title: string;
  heading?: React.ReactNode;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  aside?: React.ReactNode;
  /** Fill the height: the page scrolls inside (lists, scan). */
  fill?: boolean;
  children: React.ReactNode;
}

export function Page({ title, heading, lead, actions, aside, fill, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Quartermaster`;
  }, [title]);
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      <header className={classes.header}>
        <div className={classes.words}>
          <h1>{heading ?? title}</h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {aside ? (
        <div className={classes.split}>
          <div className={classes.main}>{children}</div>
          <aside className={classes.aside} aria-label="Story">
            {aside}
          </aside>
        </div>
      ) : (
        children
      )}
    </div>
  );
}

export function Section({
  title,
  actions,
  children,
}: {
  title?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section className={classes.section}>
      {(title || actions) && (
        <div className={classes.sectionHead}>
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
